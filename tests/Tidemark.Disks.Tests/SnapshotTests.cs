using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_snapshot_is_listed_complete_at_once()
    {
        var diskId = _server.NewDisk(sizeGiB: 2);

        var snapshotId = _server.Snapshots.Create(
            new() { DiskId = diskId, SnapshotName = "before", Tags = [new("k", "v")] }, TestServer.Caller);

        var snapshot = Assert.Single(_server.Snapshots.List(new() { Ids = [snapshotId] }).Items);
        Assert.Matches("^snap-[a-z0-9]{8}$", snapshotId);
        Assert.Equal("before", snapshot.SnapshotName);
        Assert.Equal("NORMAL", snapshot.SnapshotState);
        Assert.Equal(100, snapshot.Percent);
        Assert.Equal(diskId, snapshot.DiskId);
        Assert.Equal(2, snapshot.DiskSizeGiB);
        Assert.True(snapshot.IsPermanent);
        Assert.Equal(_server.Clock.Now, snapshot.CreateTime);
        Assert.Equal([new Tag("k", "v")], snapshot.Tags);
    }

    [Fact]
    public void Filters_find_snapshots()
    {
        var first = _server.NewDisk("a");
        var second = _server.NewDisk("b");
        var one = Tick(() => _server.NewSnapshot(first, "daily"));
        var two = Tick(() => _server.NewSnapshot(second, "daily"));
        var three = Tick(() => _server.NewSnapshot(second, "before"));

        Assert.Equal([two, one], Find("snapshot-name", "daily"));
        Assert.Equal([three, two], Find("disk-id", second));
        Assert.Equal([one], Find("snapshot-id", one));
        Assert.Equal([three, two, one], Find("snapshot-state", "NORMAL"));
        Assert.Equal([three, two, one], Find("encrypt", "FALSE"));
        Assert.Empty(Find("encrypt", "TRUE"));
        Assert.Equal([three, two, one], Find("snapshot-type", "PRIVATE_SNAPSHOT"));
        Assert.Equal([three, two, one], Find("zone", "test-1"));
        Assert.Empty(Find("disk-usage", "SYSTEM_DISK"));
        Assert.Empty(Find("project-id", "3"));
        Refusal.Of(ErrorCode.InvalidFilter, () => Find("disk-name", "a"));
        Refusal.Of(ErrorCode.TooManyValues, () => Find(
            "disk-id", [.. Enumerable.Range(0, 11).Select(index => $"disk-{index:D8}")]));
    }

    [Fact]
    public void Wrong_requests_are_refused()
    {
        var diskId = _server.NewDisk();
        Refusal.Of(ErrorCode.MissingParameter, () => _server.Snapshots.Create(new(), TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => _server.NewSnapshot("disk-aaaaaaaa"));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.NewSnapshot("disk-?"));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.NewSnapshot(diskId, new string('x', 61)));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.NewSnapshot(
            diskId, deadline: _server.Clock.Now.AddDays(1).AddSeconds(-1)));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Snapshots.Create(
            new() { DiskId = diskId, DiskUsage = "ROOT" }, TestServer.Caller));
        Assert.Equal(0, _server.SnapshotQuota.Used);
    }

    [Fact]
    public void Any_snapshot_may_be_deleted_and_its_space_comes_back()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1);
        var first = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2);
        var second = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 3);

        _server.Snapshots.Delete([first], TestServer.Caller);
        _server.Drain();
        _server.Snapshots.Apply(second, diskId, new(), TestServer.Caller);

        Assert.Equal(2, _server.Read(diskId, 0));
        Assert.Null(_server.Snapshots.Find(first));
        Assert.Empty(_server.Engine.Check().Problems);
    }

    [Fact]
    public void Deletion_is_all_or_nothing()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());

        Refusal.Of(
            ErrorCode.SnapshotNotFound,
            () => _server.Snapshots.Delete([snapshotId, "snap-aaaaaaaa"], TestServer.Caller));

        Assert.NotNull(_server.Snapshots.Find(snapshotId));
    }

    [Fact]
    public void A_rollback_brings_the_disk_back_and_keeps_newer_snapshots()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1);
        var first = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2);
        var second = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 3);

        _server.Snapshots.Apply(first, diskId, new(), TestServer.Caller);
        Assert.Equal(1, _server.Read(diskId, 0));
        _server.Snapshots.Apply(second, diskId, new(), TestServer.Caller);
        Assert.Equal(2, _server.Read(diskId, 0));
        _server.Restart();

        Assert.Equal(2, _server.Read(diskId, 0));
        Assert.Equal("UNATTACHED", _server.Disks.Find(diskId)!.DiskState);
        // Two, and what each rollback replaced.
        Assert.Equal(4, _server.Disks.Find(diskId)!.SnapshotCount);
    }

    [Fact]
    public void A_grown_disk_keeps_its_size_when_it_is_rolled_back()
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Disks.Resize(diskId, 2, TestServer.Caller);
        _server.Write(diskId, 3L << 29, 9);

        _server.Snapshots.Apply(snapshotId, diskId, new(), TestServer.Caller);

        Assert.Equal(2L << 30, _server.Engine.OpenDisk(diskId).SizeBytes);
        Assert.Equal(0, _server.Read(diskId, 3L << 29));
    }

    [Fact]
    public void A_rollback_goes_to_the_own_disk_only()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        var clone = _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller)[0];

        Refusal.Of(
            ErrorCode.SnapshotNotSupported,
            () => _server.Snapshots.Apply(snapshotId, clone, new(), TestServer.Caller));
        Refusal.Of(
            ErrorCode.DiskNotFound,
            () => _server.Snapshots.Apply(snapshotId, "disk-aaaaaaaa", new(), TestServer.Caller));
        Refusal.Of(
            ErrorCode.SnapshotNotFound,
            () => _server.Snapshots.Apply("snap-aaaaaaaa", clone, new(), TestServer.Caller));
    }

    [Fact]
    public void A_rollback_waits_for_no_client_and_disturbs_none_unless_asked_for()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1);
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2);
        var export = _server.OpenExport(diskId);

        Refusal.Of(
            ErrorCode.WrongState,
            () => _server.Snapshots.Apply(snapshotId, diskId, new() { DisconnectsClients = true }, TestServer.Caller));
        _server.Domain.Clients.Disconnect = _ => export.Dispose();
        Refusal.Of(
            ErrorCode.WrongState, () => _server.Snapshots.Apply(snapshotId, diskId, new(), TestServer.Caller));
        Assert.Equal(2, _server.Read(diskId, 0));
        _server.Snapshots.Apply(snapshotId, diskId, new() { DisconnectsClients = true }, TestServer.Caller);

        Assert.Equal(1, _server.Read(diskId, 0));
        _server.OpenExport(diskId).Dispose();
    }

    [Fact]
    public void A_snapshot_goes_when_its_deadline_has_passed()
    {
        var diskId = _server.NewDisk();
        var permanent = _server.NewSnapshot(diskId);
        var temporary = _server.NewSnapshot(diskId, deadline: _server.Clock.Now.AddDays(1));
        Assert.Equal(0, _server.Snapshots.DeleteExpired());

        _server.Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(1, _server.Snapshots.DeleteExpired());
        Assert.Null(_server.Snapshots.Find(temporary));
        Assert.NotNull(_server.Snapshots.Find(permanent));
    }

    private string Tick(Func<string> action)
    {
        _server.Clock.Now += TimeSpan.FromSeconds(1);
        return action();
    }

    private IEnumerable<string> Find(string name, params string[] values) => _server.Snapshots.List(
        new() { Filters = [new Filter(name, values)] }).Items.Select(snapshot => snapshot.SnapshotId);
}
