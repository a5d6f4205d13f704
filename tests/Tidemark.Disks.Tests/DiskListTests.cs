using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Tests;

public sealed class DiskListTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Filters_combine_with_and_and_their_values_with_or()
    {
        var a = Create("a", "CLOUD_SSD", "test-1", 0, new Tag("team", "db"));
        var b = Create("b", "CLOUD_SSD", "test-2", 5, new Tag("team", "web"));
        var c = Create("c", "CLOUD_BASIC", "test-2", 5, new Tag("env", "db"));

        Assert.Equal([b, a], Find(("disk-type", ["CLOUD_SSD"])));
        Assert.Equal([b], Find(("disk-type", ["CLOUD_SSD"]), ("zone", ["test-2"])));
        Assert.Equal([c, a], Find(("disk-name", ["a", "c", "none"])));
        Assert.Equal([c, b], Find(("project-id", ["5"])));
        Assert.Equal([a], Find(("disk-id", [a])));
        Assert.Equal([b, a], Find(("tag-key", ["team"])));
        Assert.Equal([c, a], Find(("tag-value", ["db"])));
        Assert.Equal([a], Find(("tag:team", ["db"])));
        Assert.Equal([c, b, a], Find(("portable", ["TRUE"])));
        Assert.Empty(Find(("portable", ["FALSE"])));
        Assert.Equal([c, b, a], Find(("disk-state", ["UNATTACHED"]), ("disk-usage", ["DATA_DISK"])));
        Assert.Equal([c, b, a], Find(("disk-charge-type", ["POSTPAID_BY_HOUR"])));
        Assert.Empty(Find(("instance-id", ["ins-12345678"])));
        Assert.Empty(Find(("instance-ip-address", ["10.0.0.1"])));
        Assert.Empty(Find(("dedicated-cluster-id", ["cluster-1"])));
        Assert.Empty(Find(("disk-name", ["' OR 1=1 --"])));
    }

    [Fact]
    public void Unknown_filters_and_bad_values_are_refused()
    {
        Refusal.Of(ErrorCode.InvalidFilter, () => Find(("Disk-State", ["UNATTACHED"])));
        Refusal.Of(ErrorCode.InvalidFilter, () => Find(("tag:", ["x"])));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Find(("project-id", ["abc"])));
        Refusal.Of(ErrorCode.TooManyValues, () => Find([.. Enumerable.Repeat(("zone", new[] { "test-1" }), 21)]));
        Refusal.Of(ErrorCode.InvalidParameter, () => _server.Disks.List(
            new() { Ids = ["disk-aaaaaaaa"], Filters = [new("zone", ["test-1"])] }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Disks.List(new() { Ids = ["vol-1"] }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Disks.List(new() { Limit = 101 }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Disks.List(new() { Offset = -1 }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Disks.List(new() { Order = "UP" }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Disks.List(new() { OrderField = "NAME" }));
    }

    [Fact]
    public void Ids_that_do_not_exist_are_left_out()
    {
        var diskId = _server.NewDisk();

        var page = _server.Disks.List(new() { Ids = [diskId, "disk-aaaaaaaa"] });

        Assert.Equal(1, page.TotalCount);
        Assert.Equal(diskId, Assert.Single(page.Items).DiskId);
    }

    [Fact]
    public void Pages_follow_the_order_and_end_empty()
    {
        var ids = new List<string>();
        for (var index = 0; index < 25; index++)
            ids.Add(Create($"d{index}", "CLOUD_SSD", "test-1", 0));

        var newestFirst = _server.Disks.List(new());
        var rest = _server.Disks.List(new() { Offset = 20 });
        var oldest = _server.Disks.List(new() { Order = "ASC", Limit = 2 });
        var beyond = _server.Disks.List(new() { Offset = 1000, Limit = 100 });

        Assert.Equal(25, newestFirst.TotalCount);
        Assert.Equal(Enumerable.Reverse(ids), newestFirst.Items.Concat(rest.Items).Select(disk => disk.DiskId));
        Assert.Equal(ids.Take(2), oldest.Items.Select(disk => disk.DiskId));
        Assert.Equal(25, beyond.TotalCount);
        Assert.Empty(beyond.Items);
    }

    [Fact]
    public void A_disk_shows_how_many_snapshots_it_has_and_what_they_hold()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 3 << 20);
        _server.NewSnapshot(diskId);
        _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2, 3 << 20);

        var first = Assert.Single(_server.Disks.List(new()).Items);
        _server.Domain.Background.MeasureOnce();
        var measured = Assert.Single(_server.Disks.List(new()).Items);
        _server.NewSnapshot(diskId);
        var older = Assert.Single(_server.Disks.List(new()).Items);

        Assert.Equal(2, measured.SnapshotCount);
        Assert.Equal((0, false), (first.SnapshotSizeMiB, first.SnapshotSizeIsCurrent));
        Assert.Equal((3, true), (measured.SnapshotSizeMiB, measured.SnapshotSizeIsCurrent));
        Assert.Equal((3, false), (older.SnapshotSizeMiB, older.SnapshotSizeIsCurrent));
    }

    [Fact]
    public void A_size_that_was_measured_a_minute_ago_is_measured_again()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 1 << 20);
        _server.NewSnapshot(diskId);
        _server.Disks.List(new());
        _server.Domain.Background.MeasureOnce();
        _server.Write(diskId, 0, 2, 1 << 20);
        _server.Clock.Now += TimeSpan.FromMinutes(1);

        var old = Assert.Single(_server.Disks.List(new()).Items);
        _server.Domain.Background.MeasureOnce();
        var renewed = Assert.Single(_server.Disks.List(new()).Items);

        Assert.Equal((0, false), (old.SnapshotSizeMiB, old.SnapshotSizeIsCurrent));
        Assert.Equal((1, true), (renewed.SnapshotSizeMiB, renewed.SnapshotSizeIsCurrent));
    }

    private string Create(string name, string type, string zone, long projectId, params Tag[] tags)
    {
        _server.Clock.Now += TimeSpan.FromSeconds(1);
        return _server.Disks.Create(
            new()
            {
                DiskName = name,
                DiskType = type,
                Zone = zone,
                ProjectId = projectId,
                DiskSize = 1,
                Tags = tags,
            },
            TestServer.Caller)[0];
    }

    private IEnumerable<string> Find(params (string Name, string[] Values)[] filters) => _server.Disks.List(
        new() { Filters = [.. filters.Select(filter => new Filter(filter.Name, filter.Values))] })
        .Items.Select(disk => disk.DiskId);
}
