using Tidemark.Disks.Accounts;

namespace Tidemark.Disks.Tests.Deleted;

public sealed class DeletedDisksTests : IDisposable
{
    private readonly TestServer _server = new(options => options with
    {
        KeepDeleted = TimeSpan.FromDays(2),
        SnapshotQuotaBase = 10,
    });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_terminated_disk_is_out_of_sight_and_comes_back_whole()
    {
        var diskId = _server.Disks.Create(
            new() { DiskName = "db", DiskSize = 1, Tags = [new Tag("team", "a")] }, TestServer.Caller)[0];
        _server.Write(diskId, 0, 7);
        var quota = _server.SnapshotQuota.Limit;

        Terminate(diskId);
        Assert.Null(_server.Disks.Find(diskId));
        Assert.Equal(0, _server.Disks.List(new()).TotalCount);
        Assert.Null(_server.Exports.Open(diskId, TestServer.Client, out _));
        Assert.Null(_server.Exports.Open("db", TestServer.Client, out _));
        Assert.Null(_server.Exports.Open("", TestServer.Client, out _));
        Assert.Empty(_server.Exports.List(TestServer.Client, 10));
        Assert.Equal(quota - 64, _server.SnapshotQuota.Limit);
        Assert.Equal(0, _server.Domain.Watch.Status(10).DiskCount);
        Refusal.Of(ErrorCode.DiskNotFound, () => _server.NewSnapshot(diskId));
        Refusal.Of(ErrorCode.DiskNotFound, () => Terminate(diskId));
        _server.Restart();
        Restore(diskId);

        var disk = _server.Disks.Find(diskId)!;
        Assert.Equal(("db", "UNATTACHED", new Tag("team", "a")), (disk.DiskName, disk.DiskState, disk.Tags[0]));
        Assert.Equal(7, _server.Read(diskId, 0));
        using var export = _server.OpenExport("db");
        Assert.Equal(0, _server.Domain.Deleted.List(new()).TotalCount);
    }

    [Fact]
    public void A_kept_disk_is_destroyed_when_its_time_is_over()
    {
        var diskId = _server.NewDisk();
        Terminate(diskId);
        _server.Clock.Now += TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1);
        Assert.Equal(0, _server.Domain.Deleted.DestroyOld());

        _server.Clock.Now += TimeSpan.FromSeconds(1);

        Assert.Equal(1, _server.Domain.Deleted.DestroyOld());
        Assert.Empty(_server.Engine.DiskIds);
        Refusal.Of(ErrorCode.DiskNotFound, () => Restore(diskId));
    }

    [Fact]
    public void A_client_that_came_in_at_the_last_moment_is_disconnected_before_the_disk_is_destroyed()
    {
        var diskId = _server.NewDisk();
        Terminate(diskId);
        _server.Clock.Now += TimeSpan.FromDays(2);
        Assert.True(_server.Domain.Clients.TryEnter(diskId));
        _server.Domain.Clients.Disconnect = id =>
        {
            Assert.Contains(diskId, _server.Engine.DiskIds);
            _server.Domain.Clients.Leave(id);
        };

        Assert.Equal(1, _server.Domain.Deleted.DestroyOld());

        Assert.Equal(0, _server.Domain.Clients.Count(diskId));
        Assert.Empty(_server.Engine.DiskIds);
    }

    [Fact]
    public void The_chore_destroys_old_disks()
    {
        Terminate(_server.NewDisk());
        _server.Clock.Now += TimeSpan.FromDays(2);

        _server.Domain.Background.RunChoresOnce();

        Assert.Empty(_server.Engine.DiskIds);
    }

    [Fact]
    public void A_disk_destroyed_by_hand_goes_back_into_the_recycle_bin()
    {
        var diskId = _server.Disks.Create(
            new() { DiskSize = 1, DiskChargeType = "PREPAID", PrepaidPeriod = 1 }, TestServer.Caller)[0];
        Terminate(diskId);
        _server.Clock.Now += TimeSpan.FromDays(6);
        Terminate(diskId);
        Assert.Null(_server.Disks.Find(diskId));
        _server.Clock.Now += TimeSpan.FromDays(1.5);

        Restore(diskId);

        var disk = _server.Disks.Find(diskId)!;
        Assert.Equal(("TORECYCLE", _server.Clock.Now.AddDays(7)), (disk.DiskState, disk.DeadlineTime));
    }

    [Fact]
    public void The_recycle_bin_that_empties_itself_keeps_nothing()
    {
        var diskId = _server.Disks.Create(
            new() { DiskSize = 1, DiskChargeType = "PREPAID", PrepaidPeriod = 1 }, TestServer.Caller)[0];
        Terminate(diskId);
        _server.Clock.Now += TimeSpan.FromDays(7);

        Assert.Equal(1, _server.Disks.DestroyExpired());

        Assert.Empty(_server.Engine.DiskIds);
        Assert.Equal(0, _server.Domain.Deleted.List(new()).TotalCount);
    }

    [Fact]
    public void Snapshots_that_go_with_a_kept_disk_are_kept_too()
    {
        var diskId = _server.NewDisk();
        var permanent = _server.NewSnapshot(diskId);
        var temporary = _server.NewSnapshot(diskId, deadline: _server.Clock.Now.AddDays(3));

        _server.Disks.Terminate([diskId], deleteSnapshots: true, disconnectClients: false, TestServer.Caller);

        Assert.NotNull(_server.Snapshots.Find(permanent));
        Assert.Null(_server.Snapshots.Find(temporary));
        Assert.Equal(1, _server.Catalog.Read(reader => reader.Number(
            "SELECT count(*) FROM snapshots WHERE snapshot_id = @temporary AND deleted_ms IS NOT NULL",
            new { temporary })));
    }

    [Fact]
    public void Restoring_is_all_or_none_and_for_its_owner()
    {
        var kept = _server.NewDisk();
        var present = _server.NewDisk();
        Terminate(kept);
        var other = TestServer.Caller with { Scope = new Scope("100000000002", "test") };

        Refusal.Of(ErrorCode.DiskNotFound, () => _server.Domain.Deleted.Restore([kept, present], TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => _server.Domain.Deleted.Restore([kept], other));
        Refusal.Of(ErrorCode.MissingParameter, () => _server.Domain.Deleted.Restore([], TestServer.Caller));

        Assert.Null(_server.Disks.Find(kept));
        var listed = Assert.Single(_server.Domain.Deleted.List(new()).Items);
        Assert.Equal((kept, _server.Clock.Now), (listed.DiskId, listed.DeletedTime));
        Assert.Equal(_server.Clock.Now.AddDays(2), _server.Domain.Deleted.DestroyTime(listed));
        Assert.Equal(0, _server.Domain.Deleted.List(new(), other.Scope).TotalCount);
    }

    [Fact]
    public void A_disk_comes_back_only_where_there_is_room_for_it()
    {
        using var server = new TestServer(options => options with
        {
            KeepDeleted = TimeSpan.FromDays(1),
            DiskQuota = 1,
        });
        var kept = server.NewDisk();
        server.Disks.Terminate([kept], false, false, TestServer.Caller);
        server.NewDisk();

        Refusal.Of(ErrorCode.TooManyValues, () => server.Domain.Deleted.Restore([kept], TestServer.Caller));

        Assert.Equal(1, server.Domain.Deleted.List(new()).TotalCount);
    }

    [Fact]
    public void Disks_that_go_with_a_host_can_be_brought_back()
    {
        var diskId = _server.NewDisk();
        _server.Domain.Attachment.Attach(
            new() { InstanceId = "ins-11111111", DiskIds = [diskId], DeleteWithInstance = true }, TestServer.Caller);
        _server.Domain.Instances.Deregister("ins-11111111", false, TestServer.Caller);

        Restore(diskId);

        var disk = _server.Disks.Find(diskId)!;
        Assert.Equal(("UNATTACHED", ""), (disk.DiskState, disk.InstanceId));
    }

    private void Terminate(string diskId) => _server.Disks.Terminate([diskId], false, false, TestServer.Caller);

    private void Restore(string diskId) => _server.Domain.Deleted.Restore([diskId], TestServer.Caller);
}
