using Tidemark.Disks.Types;

namespace Tidemark.Disks.Tests;

public sealed class DiskTypeTests
{
    private const long MiB = 1 << 20;

    [Theory]
    [InlineData("CLOUD_BASIC", 500, 0, 0, 0)]
    [InlineData("CLOUD_PREMIUM", 10, 0, 1_880, 101.5)]
    [InlineData("CLOUD_PREMIUM", 32_000, 0, 6_000, 150)]
    [InlineData("CLOUD_BSSD", 100, 0, 3_300, 120)]
    [InlineData("CLOUD_BSSD", 20_000, 0, 10_000, 190)]
    [InlineData("CLOUD_SSD", 20, 0, 2_400, 124)]
    [InlineData("CLOUD_SSD", 1_000, 0, 26_000, 260)]
    [InlineData("CLOUD_HSSD", 400, 0, 21_800, 320)]
    [InlineData("CLOUD_HSSD", 1_000, 100, 50_000 + 12_800, 450)]
    [InlineData("CLOUD_HSSD", 1_000, 10_000, 100_000, 1_000)]
    [InlineData("CLOUD_TSSD", 100, 0, 14_000, 170)]
    [InlineData("CLOUD_TSSD", 2_000, 3_650, 50_000 + 467_200, 4_000)]
    [InlineData("CLOUD_PREMIUM", 1_000, 500, 6_000, 150)]
    public void Performance_follows_type_size_and_extra_throughput(
        string type, long sizeGiB, long extra, long requests, double mib)
    {
        var limit = DiskTypeTable.Find(type)?.Performance?.LimitOf(sizeGiB, extra, hasBurst: false)
            ?? PerformanceLimit.None;

        Assert.Equal(requests, limit.RequestsPerSecond);
        Assert.Equal((long)(mib * MiB), limit.BytesPerSecond);
    }

    [Fact]
    public void All_types_of_the_api_are_there_and_sound()
    {
        Assert.Equal(
            ["CLOUD_BASIC", "CLOUD_PREMIUM", "CLOUD_BSSD", "CLOUD_SSD", "CLOUD_HSSD", "CLOUD_TSSD"], DiskType.All);
        Assert.All(DiskTypeTable.All, rule =>
        {
            Assert.Equal(0, rule.GiBMin % rule.StepGiB);
            Assert.Equal(0, rule.GiBMax % rule.StepGiB);
            DiskTypeTable.CheckSize(rule.Name, rule.GiBMin);
            DiskTypeTable.CheckSize(rule.Name, rule.GiBMax);
        });
        Assert.Contains(DiskType.Default, DiskType.All);
    }

    [Theory]
    [InlineData("CLOUD_BASIC", 1)]
    [InlineData("CLOUD_SSD", 32_768)]
    public void Any_size_goes_unless_sizes_are_strict(string type, long sizeGiB)
    {
        using var server = new TestServer();

        var diskId = Create(server, type, sizeGiB);

        Assert.Equal(sizeGiB, server.Disks.Find(diskId)?.DiskSizeGiB);
    }

    [Theory]
    [InlineData("CLOUD_BASIC", 9)]
    [InlineData("CLOUD_BASIC", 16_010)]
    [InlineData("CLOUD_PREMIUM", 32_010)]
    [InlineData("CLOUD_PREMIUM", 15)]
    [InlineData("CLOUD_SSD", 10)]
    [InlineData("CLOUD_HSSD", 25)]
    [InlineData("CLOUD_TSSD", 0)]
    public void Strict_sizes_have_bounds_and_steps(string type, long sizeGiB)
    {
        using var server = new TestServer(options => options with { StrictSizes = true });

        var refusal = Refusal.Of(ErrorCode.InvalidParameterValue, () => Create(server, type, sizeGiB));

        Assert.Contains("DiskSize", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(server.Disks.List(new()).Items);
    }

    [Fact]
    public void A_strict_disk_grows_in_steps()
    {
        using var server = new TestServer(options => options with { StrictSizes = true });
        var diskId = Create(server, "CLOUD_PREMIUM", 10);

        Refusal.Of(ErrorCode.InvalidParameterValue, () => server.Disks.Resize(diskId, 15, TestServer.Caller));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => server.Disks.Resize(diskId, 32_010, TestServer.Caller));
        server.Disks.Resize(diskId, 20, TestServer.Caller);

        Assert.Equal(20, server.Disks.Find(diskId)?.DiskSizeGiB);
    }

    [Theory]
    [InlineData("CLOUD_SSD", 1_000, 1, false, false)]
    [InlineData("CLOUD_HSSD", 460, 1, false, false)]
    [InlineData("CLOUD_HSSD", 470, 651, false, false)]
    [InlineData("CLOUD_HSSD", 470, 650, false, true)]
    [InlineData("CLOUD_TSSD", 470, 3_650, true, true)]
    [InlineData("CLOUD_PREMIUM", 1_000, 0, true, false)]
    [InlineData("CLOUD_PREMIUM", 1_000, 0, false, true)]
    public void Strict_extra_performance_is_for_the_fast_types(
        string type, long sizeGiB, long extra, bool hasBurst, bool isOffered)
    {
        using var server = new TestServer(options => options with { StrictSizes = true });
        void Run() => Create(server, type, sizeGiB, extra, hasBurst);

        if (isOffered)
            Run();
        else
            Refusal.Of(ErrorCode.DiskConfigNotSupported, Run);
    }

    private static string Create(
        TestServer server, string type, long sizeGiB, long extra = 0, bool hasBurst = false) =>
        server.Disks.Create(
            new()
            {
                DiskType = type,
                DiskSize = sizeGiB,
                ThroughputPerformance = extra,
                BurstPerformance = hasBurst,
            },
            TestServer.Caller)[0];
}
