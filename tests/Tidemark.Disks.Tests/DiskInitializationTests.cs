using Tidemark.Catalog;

namespace Tidemark.Disks.Tests;

public sealed class DiskInitializationTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void An_empty_disk_is_empty_again_and_what_it_held_is_kept()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1);
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Write(diskId, 4096, 2);

        var safetyId = Assert.Single(Initialize(diskId));
        Assert.Equal((0, 0), (_server.Read(diskId, 0), _server.Read(diskId, 4096)));
        _server.Restart();
        _server.Write(diskId, 8192, 3);
        _server.Drain();
        _server.Snapshots.Apply(safetyId, diskId, new(), TestServer.Caller);

        Assert.Equal((1, 2, 0), (_server.Read(diskId, 0), _server.Read(diskId, 4096), _server.Read(diskId, 8192)));
        Assert.Equal("before initialization", _server.Snapshots.Find(safetyId)!.SnapshotName);
        Assert.NotNull(_server.Snapshots.Find(snapshotId));
        Assert.Empty(_server.Engine.Check().Problems);
    }

    [Fact]
    public void A_disk_from_a_snapshot_returns_to_it_as_long_as_it_is_there()
    {
        var source = _server.NewDisk();
        _server.Write(source, 0, 7);
        var snapshotId = _server.NewSnapshot(source);
        var diskId = _server.Disks.Create(new() { SnapshotId = snapshotId, DiskSize = 2 }, TestServer.Caller)[0];
        _server.Write(diskId, 0, 8);
        _server.Write(diskId, 3L << 29, 9);

        Initialize(diskId);
        Assert.Equal((7, 0), (_server.Read(diskId, 0), _server.Read(diskId, 3L << 29)));
        _server.Write(diskId, 0, 9);
        _server.Snapshots.Delete([snapshotId], TestServer.Caller);

        Refusal.Of(ErrorCode.DiskNotSupported, () => Initialize(diskId));
        Assert.Equal(9, _server.Read(diskId, 0));
    }

    [Fact]
    public void A_disk_from_a_shared_snapshot_returns_to_it_as_long_as_it_is_shared()
    {
        var other = _server.NewAccount(TestRows.OtherAccountId);
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        _server.Domain.Sharing.Share([snapshotId], [TestRows.OtherAccountId], TestServer.Caller);
        var diskId = _server.Disks.Create(new() { SnapshotId = snapshotId }, other)[0];
        _server.Write(diskId, 0, 8);
        Initialize(diskId);
        Assert.Equal(0, _server.Read(diskId, 0));
        _server.Write(diskId, 0, 9);

        _server.Domain.Sharing.Cancel([snapshotId], [TestRows.OtherAccountId], TestServer.Caller);

        Refusal.Of(ErrorCode.DiskNotSupported, () => Initialize(diskId));
        Assert.Equal(9, _server.Read(diskId, 0));
    }

    [Fact]
    public void All_are_checked_before_the_first_is_touched()
    {
        var first = _server.NewDisk();
        var second = _server.NewDisk();
        _server.Write(first, 0, 1);
        using var export = _server.OpenExport(second);

        Refusal.Of(ErrorCode.WrongState, () => Initialize(first, second));
        Refusal.Of(ErrorCode.DiskNotFound, () => Initialize(first, "disk-aaaaaaaa"));
        Refusal.Of(ErrorCode.MissingParameter, () => Initialize());
        Refusal.Of(
            ErrorCode.TooManyValues,
            () => Initialize([.. Enumerable.Range(0, 21).Select(index => $"disk-{index:D8}")]));

        Assert.Equal(1, _server.Read(first, 0));
        Assert.Equal(0, _server.SnapshotQuota.Used);
    }

    [Fact]
    public void A_system_disk_is_refused()
    {
        var diskId = _server.NewDisk();
        _server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            DiskTable.Put(rows, DiskTable.Get(rows.Rows, diskId) with { DiskUsage = DiskUsage.System });
        });

        Refusal.Of(ErrorCode.DiskNotSupported, () => Initialize(diskId));
        // Its snapshot may be used for data disks all the same.
        var snapshotId = _server.Snapshots.Create(
            new() { DiskId = diskId, DiskUsage = DiskUsage.Data }, TestServer.Caller);
        _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller);
    }

    private IReadOnlyList<string> Initialize(params string[] diskIds) =>
        _server.Domain.Initialization.Run(diskIds, false, true, TestServer.Caller);
}
