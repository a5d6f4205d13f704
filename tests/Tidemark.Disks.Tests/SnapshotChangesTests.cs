using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

public sealed class SnapshotChangesTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_name_is_changed_and_the_time_of_the_change_is_kept()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk(), "old");
        var created = _server.Clock.Now;
        _server.Clock.Now += TimeSpan.FromHours(1);

        Modify(new() { SnapshotId = snapshotId, SnapshotName = "new" });

        var snapshot = _server.Snapshots.Find(snapshotId)!;
        Assert.Equal(("new", created, _server.Clock.Now),
            (snapshot.SnapshotName, snapshot.CreateTime, snapshot.ModifyTime));
        Assert.True(snapshot.IsPermanent);
    }

    [Fact]
    public void A_deadline_makes_temporary_and_permanence_takes_it_away()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        var deadline = _server.Clock.Now.AddDays(3);

        Modify(new() { SnapshotId = snapshotId, Deadline = deadline });
        Assert.Equal(deadline, _server.Snapshots.Find(snapshotId)!.DeadlineTime);
        Modify(new() { SnapshotId = snapshotId, IsPermanent = false });
        Assert.Equal(deadline, _server.Snapshots.Find(snapshotId)!.DeadlineTime);
        Modify(new() { SnapshotId = snapshotId, IsPermanent = false, Deadline = deadline.AddDays(1) });
        Assert.Equal(deadline.AddDays(1), _server.Snapshots.Find(snapshotId)!.DeadlineTime);
        // Without effect beside permanence, whatever it says.
        Modify(new() { SnapshotId = snapshotId, IsPermanent = true, Deadline = _server.Clock.Now });

        Assert.True(_server.Snapshots.Find(snapshotId)!.IsPermanent);
    }

    [Fact]
    public void Wrong_changes_are_refused()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        var soon = _server.Clock.Now.AddDays(1).AddSeconds(-1);

        Refusal.Of(ErrorCode.MissingParameter, () => Modify(new() { SnapshotName = "x" }));
        Refusal.Of(ErrorCode.MissingParameter, () => Modify(new() { SnapshotId = snapshotId }));
        Refusal.Of(ErrorCode.MissingParameter, () => Modify(new() { SnapshotId = snapshotId, SnapshotName = "" }));
        Refusal.Of(ErrorCode.MissingParameter, () => Modify(new() { SnapshotId = snapshotId, IsPermanent = false }));
        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => Modify(new() { SnapshotId = snapshotId, Deadline = soon }));
        Refusal.Of(
            ErrorCode.InvalidParameterValue,
            () => Modify(new() { SnapshotId = snapshotId, SnapshotName = new string('x', 61) }));
        Refusal.Of(
            ErrorCode.SnapshotNotFound, () => Modify(new() { SnapshotId = "snap-aaaaaaaa", SnapshotName = "x" }));
        Assert.Equal("unnamed", _server.Snapshots.Find(snapshotId)!.SnapshotName);
    }

    private void Modify(ModifySnapshotRequest request) => _server.Snapshots.Modify(request, TestServer.Caller);
}
