using System.Text.Json;

namespace Tidemark.Api.Tests.Server;

public sealed class DiskAttributeActionTests
{
    [Fact]
    public async Task Attributes_change_together_and_are_shown()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        await server.CallAsync("ModifyDiskAttributes", $$"""
            {"DiskIds":["{{diskId}}"],"DiskName":"new","ProjectId":5,"Portable":true,"DeleteWithInstance":true,
            "BurstPerformanceOperation":"CREATE"}
            """);
        await server.CallAsync(
            "ModifyDiskExtraPerformance", $$"""{"DiskId":"{{diskId}}","ThroughputPerformance":100}""");

        var disk = await OnlyDiskAsync(server);
        Assert.Equal("new", disk.GetProperty("DiskName").GetString());
        Assert.Equal(5, disk.GetProperty("Placement").GetProperty("ProjectId").GetInt32());
        Assert.True(disk.GetProperty("Portable").GetBoolean());
        Assert.True(disk.GetProperty("DeleteWithInstance").GetBoolean());
        Assert.True(disk.GetProperty("BurstPerformance").GetBoolean());
        Assert.Equal(100, disk.GetProperty("ThroughputPerformance").GetInt32());
    }

    [Fact]
    public async Task A_change_of_type_is_complete_when_answered()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        await server.CallAsync("ModifyDiskAttributes", $$"""{"DiskIds":["{{diskId}}"],"DiskType":"CLOUD_TSSD"}""");

        var disk = await OnlyDiskAsync(server);
        Assert.Equal("CLOUD_TSSD", disk.GetProperty("DiskType").GetString());
        Assert.Equal(100, disk.GetProperty("MigratePercent").GetInt32());
        Assert.False(disk.GetProperty("Migrating").GetBoolean());
        await server.AssertRefusedAsync(
            "InvalidParameter.DiskConfigNotSupported",
            "CLOUD_SSD",
            "ModifyDiskAttributes",
            $$"""{"DiskIds":["{{diskId}}"],"DiskType":"CLOUD_SSD"}""");
    }

    [Fact]
    public async Task Terms_change_and_a_recycled_disk_comes_back()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var ids = $"\"DiskIds\":[\"{diskId}\"]";

        await server.CallAsync(
            "ModifyDisksChargeType",
            "{" + ids + ""","DiskChargePrepaid":{"Period":1,"RenewFlag":"NOTIFY_AND_AUTO_RENEW"}}""");
        AssertTerms(await OnlyDiskAsync(server), "PREPAID", "2026-12-22 19:36:35", "NOTIFY_AND_AUTO_RENEW");
        await server.CallAsync(
            "ModifyDisksRenewFlag",
            $$"""{{{ids}},"RenewFlag":"DISABLE_NOTIFY_AND_MANUAL_RENEW","AutoRenewPeriod":2}""");
        AssertTerms(
            await OnlyDiskAsync(server), "PREPAID", "2026-12-22 19:36:35", "DISABLE_NOTIFY_AND_MANUAL_RENEW");
        await server.CallAsync("TerminateDisks", "{" + ids + "}");
        Assert.Equal("TORECYCLE", (await OnlyDiskAsync(server)).GetProperty("DiskState").GetString());
        await server.AssertRefusedAsync(
            "InvalidDisk.Expire", "RenewDisk", "ModifyDiskAttributes", $$"""{{{ids}},"DiskName":"x"}""");
        await server.CallAsync("RenewDisk", $$$"""{"DiskId":"{{{diskId}}}","DiskChargePrepaid":{"Period":12}}""");
        var renewed = await OnlyDiskAsync(server);
        Assert.Equal("UNATTACHED", renewed.GetProperty("DiskState").GetString());
        AssertTerms(renewed, "PREPAID", "2027-11-22 19:36:35", "DISABLE_NOTIFY_AND_MANUAL_RENEW");
        Assert.Equal(365, renewed.GetProperty("DifferDaysOfDeadline").GetInt32());
        await server.CallAsync("ModifyDisksChargeType", $$"""{{{ids}},"DiskChargePostpaid":true}""");

        AssertTerms(await OnlyDiskAsync(server), "POSTPAID_BY_HOUR", "", "DISABLE_NOTIFY_AND_MANUAL_RENEW");
    }

    [Theory]
    [InlineData("ModifyDiskAttributes", """{"DiskIds":["disk-00000000"]}""", "MissingParameter", "DiskName")]
    [InlineData("ModifyDiskAttributes", """{"DiskName":"x"}""", "MissingParameter", "DiskIds")]
    [InlineData(
        "ModifyDiskAttributes",
        """{"DiskIds":["disk-00000000"],"DiskName":"x"}""",
        "InvalidDiskId.NotFound",
        "disk-00000000")]
    [InlineData(
        "ModifyDiskAttributes",
        """{"DiskIds":["disk-00000000"],"Portable":false}""",
        "InvalidParameterValue",
        "Portable")]
    [InlineData("ModifyDiskExtraPerformance", """{"DiskId":"disk-00000000"}""", "MissingParameter", "Throughput")]
    [InlineData("ModifyDiskExtraPerformance", """{"ThroughputPerformance":1}""", "MissingParameter", "DiskId")]
    [InlineData("RenewDisk", """{"DiskId":"disk-00000000"}""", "MissingParameter", "DiskChargePrepaid")]
    [InlineData("RenewDisk", """{"DiskChargePrepaid":{"Period":1}}""", "MissingParameter", "DiskId")]
    [InlineData(
        "RenewDisk",
        """{"DiskId":"disk-00000000","DiskChargePrepaid":{"Period":13}}""",
        "InvalidParameterValue",
        "Period")]
    [InlineData("ModifyDisksChargeType", """{"DiskIds":["disk-00000000"]}""", "MissingParameter", "DiskChargePrepaid")]
    [InlineData(
        "ModifyDisksChargeType",
        """{"DiskIds":["disk-00000000"],"DiskChargePrepaid":{"Period":1},"DiskChargePostpaid":true}""",
        "InvalidParameter",
        "together")]
    [InlineData("ModifyDisksRenewFlag", """{"DiskIds":["disk-00000000"]}""", "MissingParameter", "RenewFlag")]
    [InlineData(
        "ModifyDisksRenewFlag",
        """{"DiskIds":["disk-00000000"],"RenewFlag":"LATER"}""",
        "InvalidParameterValue",
        "RenewFlag")]
    public async Task Each_refusal_has_its_code(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task What_is_not_prepaid_is_not_renewed()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        await server.AssertRefusedAsync(
            "InvalidDisk.NotSupported",
            diskId,
            "RenewDisk",
            $$$"""{"DiskId":"{{{diskId}}}","DiskChargePrepaid":{"Period":1}}""");
    }

    [Fact]
    public async Task Disks_are_ordered_by_deadline()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var months in new[] { 2, 1 })
        {
            var diskId = await server.NewDiskAsync(1, $",\"DiskName\":\"m{months}\"");
            await server.CallAsync(
                "ModifyDisksChargeType",
                $$$"""{"DiskIds":["{{{diskId}}}"],"DiskChargePrepaid":{"Period":"{{{months}}}"}}""");
        }

        var page = await server.CallAsync("DescribeDisks", """{"OrderField":"DEADLINE","Order":"ASC"}""");

        Assert.Equal("m1 m2", string.Join(' ', page.GetProperty("DiskSet").EnumerateArray()
            .Select(disk => disk.GetProperty("DiskName").GetString())));
    }

    private static async Task<JsonElement> OnlyDiskAsync(RunningServer server) =>
        Assert.Single((await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet").EnumerateArray());

    private static void AssertTerms(JsonElement disk, string chargeType, string deadline, string renewFlag)
    {
        Assert.Equal(chargeType, disk.GetProperty("DiskChargeType").GetString());
        Assert.Equal(deadline, disk.GetProperty("DeadlineTime").GetString());
        Assert.Equal(renewFlag, disk.GetProperty("RenewFlag").GetString());
    }
}
