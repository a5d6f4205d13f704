using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

public sealed class SafetySnapshotTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_rollback_can_be_undone()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1);
        var snapshotId = _server.NewSnapshot(diskId, "monday");
        _server.Write(diskId, 0, 2);

        var safetyId = _server.Snapshots.Apply(snapshotId, diskId, false, TestServer.Caller)!;
        var safety = _server.Snapshots.Find(safetyId)!;
        Assert.Equal(1, _server.Read(diskId, 0));
        _server.Snapshots.Apply(safetyId, diskId, false, TestServer.Caller);

        Assert.Equal(2, _server.Read(diskId, 0));
        Assert.Equal(("before rollback to monday", SnapshotOrigin.Safety), (safety.SnapshotName, safety.Origin));
        Assert.Equal(_server.Clock.Now.AddDays(7), safety.DeadlineTime);
        _server.Clock.Now += TimeSpan.FromDays(7);
        Assert.Equal(2, _server.Snapshots.DeleteExpired());
    }

    [Fact]
    public void Long_names_are_cut_between_characters()
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.NewSnapshot(diskId, new string('夜', 20));

        var safetyId = _server.Snapshots.Apply(snapshotId, diskId, false, TestServer.Caller)!;

        Assert.Equal(
            "before rollback to " + new string('夜', 13), _server.Snapshots.Find(safetyId)!.SnapshotName);
    }

    [Fact]
    public void The_quota_does_not_stop_it()
    {
        using var server = new TestServer(options => options with { SnapshotQuotaBase = 1, SnapshotQuotaPerDisk = 0 });
        var diskId = server.NewDisk();
        var snapshotId = server.NewSnapshot(diskId);

        Assert.NotNull(server.Snapshots.Apply(snapshotId, diskId, false, TestServer.Caller));
        Refusal.Of(ErrorCode.SnapshotQuota, () => server.NewSnapshot(diskId));
    }

    [Fact]
    public void It_is_left_out_when_the_request_or_the_server_says_so()
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.NewSnapshot(diskId);
        Assert.Null(_server.Snapshots.Apply(snapshotId, diskId, false, TestServer.Caller, keepsSafety: false));
        using var other = new TestServer(options => options with { KeepsSafetySnapshots = false });
        var otherDiskId = other.NewDisk();
        var otherId = other.NewSnapshot(otherDiskId);

        Assert.Null(other.Snapshots.Apply(otherId, otherDiskId, false, TestServer.Caller));

        Assert.Equal(1, _server.SnapshotQuota.Used);
        Assert.Equal(1, other.SnapshotQuota.Used);
    }

    [Fact]
    public void Nothing_is_kept_of_a_refused_rollback()
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.NewSnapshot(diskId);
        using var export = _server.OpenExport(diskId);

        Refusal.Of(
            ErrorCode.WrongState, () => _server.Snapshots.Apply(snapshotId, diskId, false, TestServer.Caller));

        Assert.Equal(1, _server.SnapshotQuota.Used);
    }

    [Fact]
    public void Rollbacks_to_backup_points_and_groups_keep_it_too()
    {
        var diskId = _server.NewDiskWithBackups(1);
        var backupId = _server.NewBackup(diskId);
        var groupId = _server.NewGroup([diskId]);
        var memberId = _server.Domain.Groups.Find(groupId)!.SnapshotIds[0];
        _server.Write(diskId, 0, 1);

        var first = _server.Domain.Backups.Apply(backupId, diskId, new(), TestServer.Caller)!;
        _server.Write(diskId, 0, 2);
        var second = Assert.Single(_server.Domain.Groups.Apply(
            groupId, [new(memberId, diskId)], new(), TestServer.Caller));

        Assert.Equal(0, _server.Read(diskId, 0));
        Assert.Equal($"before rollback to {groupId}", _server.Snapshots.Find(second)!.SnapshotName);
        _server.Snapshots.Apply(first, diskId, false, TestServer.Caller);
        Assert.Equal(1, _server.Read(diskId, 0));
        _server.Snapshots.Apply(second, diskId, false, TestServer.Caller);
        Assert.Equal(2, _server.Read(diskId, 0));
        Assert.Empty(_server.Domain.Groups.Apply(
            groupId, [new(memberId, diskId)], new() { KeepsSafety = false }, TestServer.Caller));
    }
}
