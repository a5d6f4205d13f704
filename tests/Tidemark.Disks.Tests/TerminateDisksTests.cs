using Tidemark.Catalog;
using Tidemark.Catalog.Schema;

namespace Tidemark.Disks.Tests;

public sealed class TerminateDisksTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_postpaid_disk_is_gone_at_once_and_its_snapshots_stay()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 5);
        var snapshotId = _server.NewSnapshot(diskId);

        Terminate(diskId);

        Assert.Null(_server.Disks.Find(diskId));
        Assert.Empty(_server.Engine.DiskIds);
        var clone = _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller)[0];
        Assert.Equal(5, _server.Read(clone, 0));
    }

    [Fact]
    public void With_its_snapshots_only_those_with_a_deadline_go()
    {
        var diskId = _server.NewDisk();
        var permanent = _server.NewSnapshot(diskId);
        var temporary = _server.NewSnapshot(diskId, deadline: _server.Clock.Now.AddDays(2));

        _server.Disks.Terminate([diskId], deleteSnapshots: true, disconnectClients: false, TestServer.Caller);

        Assert.NotNull(_server.Snapshots.Find(permanent));
        Assert.Null(_server.Snapshots.Find(temporary));
    }

    [Fact]
    public void A_prepaid_disk_goes_to_the_recycle_bin_first()
    {
        var diskId = CreatePrepaid();

        Terminate(diskId);
        var recycled = _server.Disks.Find(diskId)!;
        Refusal.Of(ErrorCode.DiskExpired, () => _server.NewSnapshot(diskId));
        Refusal.Of(ErrorCode.DiskExpired, () => _server.Disks.Resize(diskId, 5, TestServer.Caller));
        Terminate(diskId);

        Assert.Equal("TORECYCLE", recycled.DiskState);
        Assert.Equal(_server.Clock.Now.AddDays(7), recycled.DeadlineTime);
        Assert.Null(_server.Disks.Find(diskId));
    }

    [Fact]
    public void The_recycle_bin_empties_itself()
    {
        var diskId = CreatePrepaid();
        Terminate(diskId);
        _server.Clock.Now += TimeSpan.FromDays(6);
        Assert.Equal(0, _server.Disks.DestroyExpired());

        _server.Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(1, _server.Disks.DestroyExpired());
        Assert.Null(_server.Disks.Find(diskId));
    }

    [Fact]
    public void A_disk_that_cannot_be_destroyed_now_stops_no_other()
    {
        var (busy, free) = (CreatePrepaid(), CreatePrepaid());
        Terminate(busy);
        Terminate(free);
        _server.Clock.Now += TimeSpan.FromDays(8);
        Assert.True(_server.Domain.Clients.TryEnter(busy));

        Assert.Equal(1, _server.Disks.DestroyExpired());
        Assert.Equal("TORECYCLE", _server.Disks.Find(busy)!.DiskState);
        Assert.Null(_server.Disks.Find(free));
        _server.Domain.Clients.Leave(busy);

        Assert.Equal(1, _server.Disks.DestroyExpired());
        Assert.Empty(_server.Engine.DiskIds);
    }

    [Fact]
    public void One_unknown_id_keeps_all_disks()
    {
        var diskId = _server.NewDisk();

        Refusal.Of(
            ErrorCode.DiskNotFound,
            () => _server.Disks.Terminate([diskId, "disk-aaaaaaaa"], false, false, TestServer.Caller));

        Assert.NotNull(_server.Disks.Find(diskId));
    }

    [Fact]
    public void Too_many_or_no_ids_are_refused()
    {
        var many = Enumerable.Range(0, 101).Select(index => $"disk-{index:D8}").ToArray();

        Refusal.Of(ErrorCode.TooManyValues, () => _server.Disks.Terminate(many, false, false, TestServer.Caller));
        Refusal.Of(ErrorCode.MissingParameter, () => _server.Disks.Terminate([], false, false, TestServer.Caller));
    }

    [Fact]
    public void A_connected_client_is_not_disturbed_unless_asked_for()
    {
        var diskId = _server.NewDisk();
        var other = _server.NewDisk();
        var export = _server.OpenExport(diskId);
        _server.Domain.Clients.Disconnect = id =>
        {
            Assert.Equal(diskId, id);
            Assert.Null(_server.Exports.Open(diskId, TestServer.Client, out var refusal));
            Assert.Contains("terminated", refusal!.Message, StringComparison.Ordinal);
            export.Dispose();
        };

        Assert.Equal(1, _server.Disks.Find(diskId)!.ClientCount);
        var refusal = Refusal.Of(
            ErrorCode.WrongState, () => _server.Disks.Terminate([other, diskId], false, false, TestServer.Caller));
        Assert.NotNull(_server.Disks.Find(other));
        _server.Disks.Terminate([other, diskId], false, disconnectClients: true, TestServer.Caller);

        Assert.Contains("--force", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Engine.DiskIds);
    }

    [Fact]
    public void A_removal_that_was_decided_is_carried_out_at_the_next_start()
    {
        var diskId = _server.NewDisk();
        _server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            rows.Delete(CatalogTables.Disks, diskId);
            rows.Put(CatalogTables.PendingDrops, diskId, 1L);
        });
        Assert.Single(_server.Engine.DiskIds);

        _server.Restart();

        Assert.Empty(_server.Engine.DiskIds);
        Assert.Equal(0, _server.Catalog.Read(reader => reader.Number("SELECT count(*) FROM pending_drops")));
    }

    private string CreatePrepaid() => _server.Disks.Create(
        new() { DiskSize = 1, DiskChargeType = "PREPAID", PrepaidPeriod = 1 }, TestServer.Caller)[0];

    private void Terminate(string diskId) => _server.Disks.Terminate([diskId], false, false, TestServer.Caller);
}
