using System.Text.Json;

namespace Tidemark.Api.Tests.Server;

public sealed class DiskConfigActionTests
{
    [Fact]
    public async Task Clients_find_what_they_may_create()
    {
        await using var server = await RunningServer.StartAsync();

        var rows = await RowsAsync(
            server,
            """
            {"InquiryType":"INQUIRY_CBS_CONFIG","Zones":["local-1"],"DiskChargeType":"POSTPAID_BY_HOUR",
            "DiskUsage":"DATA_DISK","DiskTypes":["CLOUD_PREMIUM","CLOUD_HSSD"],"Memory":8,"CPU":"4"}
            """);

        Assert.Equal(
            """
            {"Available":true,"DiskType":"CLOUD_PREMIUM","MinDiskSize":1,"MaxDiskSize":32768,"StepSize":1,
            "DiskUsage":"DATA_DISK","DiskChargeType":"POSTPAID_BY_HOUR","Zone":"local-1","InstanceFamily":null,
            "DeviceClass":null,"ExtraPerformanceRange":null,"Price":{"ChargeUnit":"HOUR","UnitPrice":0,
            "UnitPriceDiscount":0,"UnitPriceHigh":"0.00","UnitPriceDiscountHigh":"0.00","OriginalPrice":null,
            "DiscountPrice":null,"OriginalPriceHigh":null,"DiscountPriceHigh":null}}
            """.ReplaceLineEndings(""),
            rows[0].GetRawText());
        Assert.Equal("[0,650]", rows[1].GetProperty("ExtraPerformanceRange").GetRawText());
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task Every_row_has_what_clients_dereference()
    {
        await using var server = await RunningServer.StartAsync(change: options => options with { StrictSizes = true });

        var rows = await RowsAsync(
            server, """{"InquiryType":"INQUIRY_CVM_CONFIG","InstanceFamilies":["S5"],"DeviceClass":"ignored"}""");

        Assert.Equal(48, rows.Count);
        Assert.All(rows, row =>
        {
            var isData = row.GetProperty("DiskUsage").GetString() == "DATA_DISK";
            Assert.Equal(isData, row.GetProperty("Available").GetBoolean());
            Assert.StartsWith("CLOUD_", row.GetProperty("DiskType").GetString());
            Assert.InRange(row.GetProperty("MinDiskSize").GetInt64(), 10, 20);
            Assert.InRange(row.GetProperty("MaxDiskSize").GetInt64(), 16_000, 32_000);
            Assert.Equal("S5", row.GetProperty("InstanceFamily").GetString());
            Assert.Equal(JsonValueKind.Object, row.GetProperty("Price").ValueKind);
        });
    }

    [Theory]
    [InlineData("{}", "MissingParameter", "InquiryType")]
    [InlineData("""{"InquiryType":"ALL"}""", "InvalidParameterValue", "InquiryType")]
    [InlineData(
        """{"InquiryType":"INQUIRY_CBS_CONFIG","Zones":["mars-1"]}""", "InvalidParameterValue", "mars-1")]
    [InlineData(
        """{"InquiryType":"INQUIRY_CBS_CONFIG","DiskTypes":["LOCAL"]}""", "InvalidParameterValue", "DiskTypes")]
    public async Task Wrong_questions_are_refused(string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, "DescribeDiskConfigQuota", body);
    }

    [Theory]
    [InlineData("CLOUD_SSD", 10, "", "InvalidParameterValue", "DiskSize")]
    [InlineData(
        "CLOUD_SSD", 1000, ",\"ThroughputPerformance\":5", "InvalidParameter.DiskConfigNotSupported", "CLOUD_SSD")]
    public async Task Strict_sizes_refuse_what_the_cloud_does_not_offer(
        string type, int sizeGiB, string more, string code, string named)
    {
        await using var server = await RunningServer.StartAsync(change: options => options with { StrictSizes = true });

        await server.AssertRefusedAsync(code, named, "CreateDisks", Creation(type, sizeGiB, more));
    }

    [Fact]
    public async Task A_strict_disk_is_not_resized_to_what_its_type_does_not_have()
    {
        await using var server = await RunningServer.StartAsync(change: options => options with { StrictSizes = true });
        var diskId = await server.NewDiskAsync(20);

        await server.AssertRefusedAsync(
            "InvalidParameterValue", "DiskSize", "ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":25}""");
        await server.CallAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":30}""");
    }

    [Fact]
    public async Task Every_member_of_a_creation_is_understood()
    {
        await using var server = await RunningServer.StartAsync();
        var more = """
            ,"DiskBackupQuota":3,"BurstPerformance":true,"ThroughputPerformance":"7","DeleteSnapshot":1
            """;
        var body = Creation("CLOUD_HSSD", 500, more).Replace(
            "\"Zone\":\"local-1\"",
            """
            "Zone":"local-1","ProjectId":4,"CdcId":"","DedicatedClusterId":"","CageId":"x","CdcName":"y"
            """);

        var diskId = (await server.CallAsync("CreateDisks", body)).GetProperty("DiskIdSet")[0].GetString();
        var disks = await server.CallAsync("DescribeDisks", $$"""{"DiskIds":["{{diskId}}"]}""");

        var disk = disks.GetProperty("DiskSet")[0];
        Assert.Equal(3, disk.GetProperty("DiskBackupQuota").GetInt64());
        Assert.Equal(7, disk.GetProperty("ThroughputPerformance").GetInt64());
        Assert.True(disk.GetProperty("BurstPerformance").GetBoolean());
        Assert.Equal(4, disk.GetProperty("Placement").GetProperty("ProjectId").GetInt64());
    }

    [Fact]
    public async Task Empty_choices_are_none_and_empty_changes_are_refused()
    {
        await using var server = await RunningServer.StartAsync();
        var body = Creation("CLOUD_SSD", 20, ",\"DiskChargePrepaid\":{\"Period\":1,\"RenewFlag\":\"\"}");

        var diskId = (await server.CallAsync("CreateDisks", body)).GetProperty("DiskIdSet")[0].GetString();

        await server.AssertRefusedAsync(
            "InvalidParameterValue", "DiskType", "ModifyDiskAttributes",
            $$"""{"DiskIds":["{{diskId}}"],"DiskType":""}""");
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(21, "Filters")]
    public async Task Twenty_filters_are_accepted(int count, string? refused)
    {
        await using var server = await RunningServer.StartAsync();
        var filters = string.Join(',', Enumerable.Repeat("{\"Name\":\"zone\",\"Values\":[\"local-1\"]}", count));
        var body = $$"""{"Filters":[{{filters}}]}""";

        if (refused is null)
            await server.CallAsync("DescribeDisks", body);
        else
            await server.AssertRefusedAsync("InvalidParameterValue.LimitExceeded", refused, "DescribeDisks", body);
    }

    [Theory]
    [InlineData("CdcId")]
    [InlineData("DedicatedClusterId")]
    public async Task A_dedicated_cluster_is_refused(string member)
    {
        await using var server = await RunningServer.StartAsync();
        var body = Creation("CLOUD_SSD", 20, "").Replace(
            "\"Zone\":\"local-1\"", $"\"Zone\":\"local-1\",\"{member}\":\"cluster-aaaaaaaa\"");

        await server.AssertRefusedAsync(
            "InvalidParameter.DiskConfigNotSupported", "Placement." + member, "CreateDisks", body);
    }

    [Theory]
    [InlineData(",\"Tags\":[{\"Key\":\"a（b】c\",\"Value\":\"<b>\"}]", "InvalidParameterValue", "Tags.Value")]
    [InlineData(",\"DiskBackupQuota\":1025", "InvalidParameterValue", "DiskBackupQuota")]
    [InlineData(",\"EncryptType\":\"ENCRYPT_V2\"", "InvalidParameter.DiskConfigNotSupported", "Encryption")]
    [InlineData(",\"DiskCount\":51", "InvalidParameterValue", "DiskCount")]
    [InlineData(",\"Tags\":[{\"Key\":\"qcs:team\",\"Value\":\"a\"}]", "InvalidParameterValue", "qcs:")]
    [InlineData(",\"Tags\":[{\"Key\":\"project:x\",\"Value\":\"a\"}]", "InvalidParameterValue", "project:")]
    [InlineData(",\"Tags\":[{\"Key\":\"a*b\",\"Value\":\"a\"}]", "InvalidParameterValue", "Tags.Key")]
    [InlineData(",\"Tags\":[{\"Key\":\"a\",\"Value\":\"<b>\"}]", "InvalidParameterValue", "Tags.Value")]
    public async Task Each_refusal_of_a_creation_has_its_code(string more, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, "CreateDisks", Creation("CLOUD_SSD", 20, more));
    }

    [Fact]
    public async Task Labels_of_any_script_and_the_allowed_signs_are_kept()
    {
        await using var server = await RunningServer.StartAsync();
        var tags = """,\"Tags\":[{\"Key\":\"Größe 团队 +-=._:/@()[]\",\"Value\":\"ab/c 1\"}]""".Replace("\\", "");

        var created = await server.CallAsync("CreateDisks", Creation("CLOUD_SSD", 20, tags));
        var disks = await server.CallAsync("DescribeDisks", "{}");

        var tag = disks.GetProperty("DiskSet")[0].GetProperty("Tags")[0];
        Assert.Equal(1, created.GetProperty("DiskIdSet").GetArrayLength());
        Assert.Equal("Größe 团队 +-=._:/@()[]", tag.GetProperty("Key").GetString());
    }

    private static string Creation(string type, int sizeGiB, string more) =>
        $$"""
        {"Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"{{type}}",
        "DiskSize":{{sizeGiB}}{{more}}}
        """;

    private static async Task<List<JsonElement>> RowsAsync(RunningServer server, string body) =>
        [.. (await server.CallAsync("DescribeDiskConfigQuota", body)).GetProperty("DiskConfigSet").EnumerateArray()];
}
