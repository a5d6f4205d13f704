using Tidemark.Disks.Types;

namespace Tidemark.Disks.Tests;

public sealed class DiskConfigsTests
{
    private static readonly DiskConfigQuery All = new() { InquiryType = DiskConfigQuery.DisksAlone };

    [Fact]
    public void There_is_a_row_for_each_zone_type_usage_and_way_of_paying()
    {
        using var server = new TestServer();

        var rows = server.Domain.Configs.List(All, "test");

        Assert.Equal(2 * 6 * 2 * 2, rows.Count);
        Assert.Distinct(rows.Select(row => (row.Zone, row.DiskType, row.DiskUsage, row.ChargeType)));
        Assert.All(rows, row => Assert.Equal((1, 32_768, 1), (row.GiBMin, row.GiBMax, row.StepGiB)));
        Assert.All(rows, row => Assert.Equal(row.DiskUsage == DiskUsage.Data, row.IsAvailable));
        Assert.All(rows, row => Assert.Null(row.InstanceFamily));
    }

    [Fact]
    public void Strict_sizes_show()
    {
        using var server = new TestServer(options => options with { StrictSizes = true });

        var rows = server.Domain.Configs.List(All with { DiskTypes = ["CLOUD_TSSD"] }, "test");

        Assert.All(rows, row => Assert.Equal((20, 32_000, 10), (row.GiBMin, row.GiBMax, row.StepGiB)));
        Assert.All(rows, row => Assert.Equal(3_650, row.ExtraMiBMax));
    }

    [Fact]
    public void Each_filter_narrows()
    {
        using var server = new TestServer();
        IReadOnlyList<DiskConfig> Find(DiskConfigQuery query) => server.Domain.Configs.List(query, "test");

        Assert.Equal(12 * 2, Find(All with { Zones = ["test-2"] }).Count);
        Assert.Equal(2 * 4 * 2, Find(All with { DiskTypes = ["CLOUD_SSD", "CLOUD_BASIC"] }).Count);
        Assert.Equal(24, Find(All with { DiskUsage = DiskUsage.Data }).Count);
        Assert.Equal(24, Find(All with { ChargeType = ChargeType.Prepaid }).Count);
        Assert.Equal(24, Find(All with { ChargeType = ChargeType.Cdc }).Count);
        Assert.Empty(Find(All with { DedicatedClusterId = "cluster-aaaaaaaa" }));
        Assert.Equal(48, Find(All with { InstanceFamilies = ["S5", "S6"] }).Count);
        var pairs = Find(All with { InquiryType = DiskConfigQuery.WithInstances, InstanceFamilies = ["S5", "S6"] });
        Assert.Equal(96, pairs.Count);
        Assert.Equal(["S5", "S6"], pairs.Select(row => row.InstanceFamily).Distinct());
    }

    [Fact]
    public void Values_that_do_not_exist_are_refused()
    {
        using var server = new TestServer();
        void Refuse(string code, DiskConfigQuery query) =>
            Refusal.Of(code, () => server.Domain.Configs.List(query, "test"));

        Refuse(ErrorCode.MissingParameter, new());
        Refuse(ErrorCode.InvalidParameterValue, new() { InquiryType = "INQUIRY" });
        Refuse(ErrorCode.InvalidParameterValue, All with { Zones = ["elsewhere-1"] });
        Refuse(ErrorCode.InvalidParameterValue, All with { DiskTypes = ["LOCAL_SSD"] });
        Refuse(ErrorCode.InvalidParameterValue, All with { DiskUsage = "SWAP" });
        Refuse(ErrorCode.InvalidParameterValue, All with { ChargeType = "FREE" });
    }

    [Fact]
    public void Each_region_has_its_own_zones()
    {
        using var server = new TestServer(options => options with { OtherRegions = [new("far", ["far-1"])] });

        Assert.Equal(["far-1"], server.Domain.Configs.List(All, "far").Select(row => row.Zone).Distinct());
        Assert.Equal(
            ["test-1", "test-2"], server.Domain.Configs.List(All, "test").Select(row => row.Zone).Distinct());
    }
}
