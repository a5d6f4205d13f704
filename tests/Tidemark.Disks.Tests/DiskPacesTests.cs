using Tidemark.Disks.Exports;
using Tidemark.Nbd;

namespace Tidemark.Disks.Tests;

public sealed class DiskPacesTests
{
    [Fact]
    public void Nobody_is_held_back_unless_performance_is_enforced()
    {
        using var server = new TestServer();
        using var export = server.OpenExport(server.NewDisk());

        Assert.Null(export.Pace);
    }

    [Fact]
    public void Connections_to_a_disk_share_a_pace_and_disks_have_their_own()
    {
        using var server = new TestServer(options => options with { EnforcePerformance = true });
        var diskId = server.NewDisk();
        using var first = server.OpenExport(diskId);
        using var second = server.OpenExport(diskId);
        using var other = server.OpenExport(server.NewDisk());

        Assert.NotNull(first.Pace);
        Assert.Same(first.Pace, second.Pace);
        Assert.NotSame(first.Pace, other.Pace);
    }

    [Fact]
    public void A_disk_that_grows_becomes_faster()
    {
        using var server = new TestServer(options => options with { EnforcePerformance = true });
        var diskId = server.Disks.Create(new() { DiskType = "CLOUD_SSD", DiskSize = 100 }, TestServer.Caller)[0];
        using var export = server.OpenExport(diskId);
        var before = Limits(export);

        server.Disks.Resize(diskId, 200, TestServer.Caller);

        Assert.Equal((1_800 + 3_000, 140L << 20), before);
        Assert.Equal((1_800 + 6_000, 160L << 20), Limits(export));
    }

    [Fact]
    public void A_row_that_changes_in_another_way_is_noticed_by_the_clock()
    {
        using var server = new TestServer(options => options with { EnforcePerformance = true });
        var diskId = server.Disks.Create(new() { DiskType = "CLOUD_SSD", DiskSize = 100 }, TestServer.Caller)[0];
        using var export = server.OpenExport(diskId);
        var disk = server.Disks.Find(diskId)!;
        server.Catalog.Commit(transaction => DiskTable.Put(
            Catalog.SqlTransaction.Of(transaction), disk with { DiskType = "CLOUD_HSSD", ThroughputPerformance = 10 }));

        server.Domain.Background.RunChoresOnce();

        Assert.Equal((1_800 + 5_000 + 1_280, 180L << 20), Limits(export));
    }

    private static (long RequestsPerSecond, long BytesPerSecond) Limits(Export export) =>
        (export.Pace!.RequestsPerSecond, export.Pace.BytesPerSecond);
}
