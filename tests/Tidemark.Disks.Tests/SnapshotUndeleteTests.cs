namespace Tidemark.Disks.Tests;

public sealed class SnapshotUndeleteTests : IDisposable
{
    private readonly TestServer _server = new(options => options with { KeepDeleted = TimeSpan.FromDays(2) });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_deleted_snapshot_is_hidden_and_can_be_brought_back()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1);
        var snapshotId = _server.NewSnapshot(diskId, "kept");
        _server.Write(diskId, 0, 2);
        _server.Snapshots.Delete([snapshotId], TestServer.Caller);
        var deleted = Assert.Single(_server.Snapshots.List(new(), null, isDeleted: true).Items);

        Assert.Null(_server.Snapshots.Find(snapshotId));
        Assert.Empty(_server.Snapshots.List(new()).Items);
        Assert.Equal((snapshotId, _server.Clock.Now), (deleted.SnapshotId, deleted.DeletedTime));
        Assert.Equal(0, _server.SnapshotQuota.Used);
        Refusal.Of(
            ErrorCode.SnapshotNotFound,
            () => _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.Delete([snapshotId], TestServer.Caller));
        _server.Drain();
        _server.Restart();
        _server.Snapshots.Restore([snapshotId], TestServer.Caller);
        _server.Snapshots.Apply(snapshotId, diskId, new(), TestServer.Caller);

        Assert.Equal("kept", _server.Snapshots.Find(snapshotId)!.SnapshotName);
        Assert.Equal(1, _server.Read(diskId, 0));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.Restore([snapshotId], TestServer.Caller));
    }

    [Fact]
    public void The_space_comes_back_after_the_window()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 1 << 20);
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2, 1 << 20);
        _server.Snapshots.Delete([snapshotId], TestServer.Caller);
        _server.Drain();
        var layerCount = _server.Engine.Statistics.LayerCount;

        _server.Clock.Now += TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1);
        Assert.Equal(0, _server.Snapshots.PurgeDeleted());
        _server.Clock.Now += TimeSpan.FromSeconds(1);
        _server.Domain.Background.RunChoresOnce();
        _server.Drain();

        Assert.Empty(_server.Snapshots.List(new(), null, isDeleted: true).Items);
        Assert.True(_server.Engine.Statistics.LayerCount < layerCount);
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.Restore([snapshotId], TestServer.Caller));
        Assert.Empty(_server.Engine.Check().Problems);
    }

    [Fact]
    public void One_whose_deadline_has_passed_comes_back_for_a_day()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk(), deadline: _server.Clock.Now.AddDays(1));
        _server.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(1, _server.Snapshots.DeleteExpired());

        _server.Snapshots.Restore([snapshotId], TestServer.Caller);

        Assert.Equal(0, _server.Snapshots.DeleteExpired());
        Assert.Equal(_server.Clock.Now.AddDays(1), _server.Snapshots.Find(snapshotId)!.DeadlineTime);
    }

    [Fact]
    public void Bringing_back_keeps_to_the_quota()
    {
        using var server = new TestServer(options => options with
        {
            KeepDeleted = TimeSpan.FromDays(1),
            SnapshotQuotaBase = 1,
            SnapshotQuotaPerDisk = 0,
        });
        var diskId = server.NewDisk();
        var first = server.NewSnapshot(diskId);
        server.Snapshots.Delete([first], TestServer.Caller);
        var second = server.NewSnapshot(diskId);

        Refusal.Of(ErrorCode.SnapshotQuota, () => server.Snapshots.Restore([first], TestServer.Caller));
        server.Snapshots.Delete([second], TestServer.Caller);

        server.Snapshots.Restore([first], TestServer.Caller);
    }

    [Fact]
    public void A_deleted_group_comes_back_with_its_members()
    {
        string[] diskIds = [_server.NewDisk(), _server.NewDisk()];
        var groupId = _server.NewGroup(diskIds);
        var memberIds = _server.Domain.Groups.Find(groupId)!.SnapshotIds;

        _server.Domain.Groups.Delete([groupId], TestServer.Caller);
        Assert.Null(_server.Domain.Groups.Find(groupId));
        Assert.Empty(_server.Snapshots.List(new()).Items);
        _server.Snapshots.Restore(memberIds, TestServer.Caller);

        Assert.Equal(memberIds, _server.Domain.Groups.Find(groupId)!.SnapshotIds);
        _server.Domain.Groups.Delete([groupId], TestServer.Caller);
        _server.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(2, _server.Snapshots.PurgeDeleted());
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.Restore(memberIds, TestServer.Caller));
    }
}
