using Tidemark.Catalog.Repair;
using Tidemark.Disks.Keys;
using Tidemark.Engine;

namespace Tidemark.Disks.Tests;

public sealed class RebuildTests : IDisposable
{
    private readonly TestServer _server = new(isOnDisk: true);

    private string Database => Path.Combine(_server.FolderPath, "catalog.db");

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Everything_comes_back_when_the_catalog_is_deleted()
    {
        var key = _server.Domain.Keys.EnsureFirst(new AccessKey("me", "secret"));
        var diskId = _server.Disks.Create(
            new() { DiskName = "pg", DiskSize = 2, Tags = [new("a", "b")], ClientToken = "t" }, TestServer.Caller)[0];
        var snapshots = new List<string>();
        for (byte value = 1; value <= 5; value++)
        {
            _server.Write(diskId, 0, value, 1 << 20);
            _server.Write(diskId, value * 65536L * 100, value);
            snapshots.Add(_server.NewSnapshot(diskId, $"s{value}"));
        }

        var clone = _server.Disks.Create(new() { SnapshotId = snapshots[2] }, TestServer.Caller)[0];
        _server.Write(clone, 0, 99);
        _server.Snapshots.Delete([snapshots[1]], TestServer.Caller);
        _server.Drain();
        var before = Describe();

        _server.Restart(() =>
        {
            File.Delete(Database);
            CatalogRepair.Rebuild(_server.FolderPath, _server.Clock.Now);
        });

        Assert.Equal(before, Describe());
        Assert.Equal(5, _server.Read(diskId, 0));
        Assert.Equal(99, _server.Read(clone, 0));
        Assert.Equal(3, _server.Read(clone, 3 * 65536L * 100));
        Assert.Equal(key.SecretKey, _server.Domain.Keys.FindSecretKey(key.SecretId));
        Assert.Empty(_server.Domain.Reports.Check(null, TestContext.Current.CancellationToken).Problems);
        _server.Snapshots.Apply(snapshots[0], diskId, new(), TestServer.Caller);
        Assert.Equal(1, _server.Read(diskId, 0));
    }

    [Fact]
    public void A_server_without_its_catalog_does_not_start()
    {
        _server.NewDisk();
        EngineException? refusal = null;

        _server.Restart(() =>
        {
            File.Move(Database, Database + ".away");
            refusal = Assert.Throws<EngineException>(
                () => Catalog.SqlCatalog.Open(new() { DataDirectory = _server.FolderPath }));
            File.Move(Database + ".away", Database);
        });

        Assert.Equal(EngineFault.CatalogMismatch, refusal!.Fault);
        Assert.Single(_server.Engine.DiskIds);
    }

    private List<string> Describe()
    {
        var lines = new List<string>();
        foreach (var disk in _server.Disks.List(new() { Limit = 100 }).Items)
            lines.Add($"{disk with { Tags = [] }} {string.Join(',', disk.Tags)}");
        foreach (var snapshot in _server.Snapshots.List(new() { Limit = 100 }).Items)
        {
            lines.Add($"{snapshot with { Tags = [] }}");
            using var export = _server.OpenExport(snapshot.SnapshotId);
            var block = new byte[4096];
            Assert.Equal(Nbd.NbdError.None, export.Read(0, block));
            lines.Add(Convert.ToHexString(block, 0, 16));
        }

        foreach (var each in _server.Domain.Events.List(null, 100, null))
            lines.Add($"{each}");
        return lines;
    }
}
