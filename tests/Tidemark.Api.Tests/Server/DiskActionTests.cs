using System.Text.Json;

namespace Tidemark.Api.Tests.Server;

public sealed class DiskActionTests
{
    private const string Kind = """
        "Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD"
        """;

    [Fact]
    public async Task A_new_disk_is_listed_at_once_with_every_member()
    {
        await using var server = await RunningServer.StartAsync();

        var created = await server.SendAsync(
            "CreateDisks", "{" + Kind + ""","DiskSize":20,"DiskName":"pg","Tags":[{"Key":"team","Value":"db"}]}""");
        var listed = await server.SendAsync("DescribeDisks", "{}");

        var diskId = JsonDocument.Parse(created).RootElement.GetProperty("Response").GetProperty("DiskIdSet")[0];
        Assert.Equal(
            $$$"""{"Response":{"DiskIdSet":["{{{diskId}}}"],"RequestId":"{{{RunningServer.RequestId}}}"}}""", created);
        Assert.Matches("^disk-[a-z0-9]{8}$", diskId.GetString());
        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":1,"DiskSet":[{"DiskId":"{{{diskId}}}","DiskName":"pg","DiskType":"CLOUD_SSD",
            "DiskSize":20,"DiskUsage":"DATA_DISK","DiskState":"UNATTACHED","DiskChargeType":"POSTPAID_BY_HOUR",
            "Attached":false,"InstanceId":"","InstanceIdList":[],"InstanceType":"CVM","LastAttachInsId":"",
            "AttachMode":"PF","Portable":true,"Shareable":false,"DeleteWithInstance":false,
            "Placement":{"Zone":"local-1","ProjectId":0,"ProjectName":"","CageId":"","CdcId":"","CdcName":"",
            "DedicatedClusterId":""},"Encrypt":false,"ThroughputPerformance":0,"BurstPerformance":false,
            "SnapshotAbility":true,"SnapshotCount":0,"SnapshotSize":0,"AutoSnapshotPolicyIds":null,"DeleteSnapshot":0,
            "BackupDisk":false,"DiskBackupQuota":0,"DiskBackupCount":0,"Rollbacking":false,"RollbackPercent":100,
            "Migrating":false,"MigratePercent":100,"ErrorPrompt":"","Tags":[{"Key":"team","Value":"db"}],
            "CreateTime":"2026-11-22 19:36:35","DeadlineTime":"","DifferDaysOfDeadline":null,"DeadlineError":false,
            "AutoRenewFlagError":false,"RenewFlag":"NOTIFY_AND_MANUAL_RENEW","IsReturnable":false,"ReturnFailCode":10,
            "ClientCount":0,"SourceSnapshotId":"","SnapshotSizeIsCurrent":true}],
            "RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            listed);
    }

    [Fact]
    public async Task A_repeated_token_answers_the_same_disks_whatever_the_order_of_tags()
    {
        await using var server = await RunningServer.StartAsync();
        const string first = "{" + Kind + """
            ,"DiskSize":1,"ClientToken":"cls-1/pvc-2","DiskCount":2,
            "Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]}
            """;
        const string second = "{" + Kind + """
            ,"DiskSize":1,"ClientToken":"cls-1/pvc-2","DiskCount":2,
            "Tags":[{"Key":"b","Value":"2"},{"Key":"a","Value":"1"}]}
            """;

        var made = await server.SendAsync("CreateDisks", first);

        Assert.Equal(made, await server.SendAsync("CreateDisks", second));
        Assert.Equal(2, (await server.CallAsync("DescribeDisks", "{}")).GetProperty("TotalCount").GetInt32());
        await server.AssertRefusedAsync(
            "InvalidParameter.InvalidClientToken",
            "cls-1/pvc-2",
            "CreateDisks",
            "{" + Kind + ""","DiskSize":2,"ClientToken":"cls-1/pvc-2"}""");
    }

    [Theory]
    [InlineData("""{"Limit":2,"Offset":0,"Order":"ASC","OrderField":"CREATE_TIME"}""", 3, "d_0 d_1")]
    [InlineData("""{"Limit":2,"Offset":2,"Order":"ASC"}""", 3, "d_2")]
    [InlineData("""{"Limit":100,"Offset":300}""", 3, "")]
    [InlineData("""{"Filters":[{"Name":"disk-name","Values":["d_1","x"]}]}""", 1, "d_1")]
    [InlineData("""{"Filters":[{"Name":"disk-state","Values":["ATTACHED"]}]}""", 0, "")]
    [InlineData(
        """{"Filters":[{"Name":"tag:k","Values":["v"]},{"Name":"portable","Values":["TRUE"]}],"Limit":1}""", 3, "d_2")]
    [InlineData("""{"DiskIds":["disk-00000000"]}""", 0, "")]
    [InlineData("""{"DiskIds":[],"Filters":[]}""", 3, "d_2 d_1 d_0")]
    public async Task Disks_are_listed_by_page_and_filter(string body, int total, string names)
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await server.NewDiskAsync(1, $$""","DiskName":"d_{{i}}","Tags":[{"Key":"k","Value":"v"}]""");
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var page = await server.CallAsync("DescribeDisks", body);

        Assert.Equal(total, page.GetProperty("TotalCount").GetInt32());
        var disks = page.GetProperty("DiskSet").EnumerateArray();
        Assert.Equal(names, string.Join(' ', disks.Select(disk => disk.GetProperty("DiskName").GetString())));
    }

    [Fact]
    public async Task Policies_are_named_only_when_asked_for()
    {
        await using var server = await RunningServer.StartAsync();
        await server.NewDiskAsync();

        var page = await server.CallAsync("DescribeDisks", """{"ReturnBindAutoSnapshotPolicy":true}""");

        Assert.Equal("[]", page.GetProperty("DiskSet")[0].GetProperty("AutoSnapshotPolicyIds").GetRawText());
    }

    [Fact]
    public async Task A_disk_grows_and_never_shrinks()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync(2);

        await server.CallAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":"5"}""");

        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal(5, disk.GetProperty("DiskSize").GetInt32());
        Assert.Equal("UNATTACHED", disk.GetProperty("DiskState").GetString());
        await server.AssertRefusedAsync(
            "InvalidParameterValue", "DiskSize", "ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":5}""");
    }

    [Fact]
    public async Task Terminating_is_all_or_none()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        await server.AssertRefusedAsync(
            "InvalidDiskId.NotFound",
            "disk-00000000",
            "TerminateDisks",
            $$"""{"DiskIds":["{{diskId}}","disk-00000000"]}""");
        Assert.Equal(1, (await server.CallAsync("DescribeDisks", "{}")).GetProperty("TotalCount").GetInt32());
        await server.CallAsync("TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");

        Assert.Equal(0, (await server.CallAsync("DescribeDisks", "{}")).GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task A_prepaid_disk_goes_through_the_recycle_bin()
    {
        await using var server = await RunningServer.StartAsync();
        var created = await server.CallAsync("CreateDisks", """
            {"Placement":{"Zone":"local-2"},"DiskChargeType":"PREPAID","DiskType":"CLOUD_PREMIUM","DiskSize":1,
            "DiskChargePrepaid":{"Period":1,"RenewFlag":"NOTIFY_AND_AUTO_RENEW"}}
            """);
        var body = $$"""{"DiskIds":["{{created.GetProperty("DiskIdSet")[0]}}"]}""";

        await server.CallAsync("TerminateDisks", body);
        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal("TORECYCLE", disk.GetProperty("DiskState").GetString());
        Assert.Equal("NOTIFY_AND_AUTO_RENEW", disk.GetProperty("RenewFlag").GetString());
        Assert.Equal("local-2", disk.GetProperty("Placement").GetProperty("Zone").GetString());
        await server.CallAsync("TerminateDisks", body);

        Assert.Equal(0, (await server.CallAsync("DescribeDisks", "{}")).GetProperty("TotalCount").GetInt32());
    }

    [Theory]
    [InlineData(
        """{"Placement":{"Zone":"mars-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD","DiskSize":1}""",
        "Zone")]
    [InlineData(
        """{"Placement":{"Zone":"local-1"},"DiskChargeType":"FREE","DiskType":"CLOUD_SSD","DiskSize":1}""",
        "DiskChargeType")]
    [InlineData(
        """{"Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"TAPE","DiskSize":1}""",
        "DiskType")]
    [InlineData("{" + Kind + ""","DiskSize":0}""", "DiskSize")]
    [InlineData("{" + Kind + ""","DiskSize":32769}""", "DiskSize")]
    [InlineData("{" + Kind + ""","DiskSize":1,"DiskCount":51}""", "DiskCount")]
    [InlineData(
        "{" + Kind + ""","DiskSize":1,"DiskName":"1234567890123456789012345678901234567890123456789012345678901"}""",
        "DiskName")]
    [InlineData("{" + Kind + ""","DiskSize":1,"ClientToken":"夜"}""", "ClientToken")]
    [InlineData("{" + Kind + ""","DiskSize":1,"DeleteSnapshot":2}""", "DeleteSnapshot")]
    public async Task A_value_out_of_range_is_named(string body, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync("InvalidParameterValue", named, "CreateDisks", body);
    }

    [Theory]
    [InlineData("CreateDisks", "{" + Kind + "}", "MissingParameter", "DiskSize")]
    [InlineData(
        "CreateDisks",
        "{" + Kind + ""","DiskSize":1,"Encrypt":"ENCRYPT"}""",
        "InvalidParameter.DiskConfigNotSupported",
        "Encrypt")]
    [InlineData(
        "CreateDisks",
        "{" + Kind + ""","DiskSize":1,"Shareable":true}""",
        "InvalidParameter.DiskConfigNotSupported",
        "Shareable")]
    [InlineData(
        "CreateDisks", "{" + Kind + ""","SnapshotId":"snap-00000000"}""", "InvalidSnapshotId.NotFound", "snap-000")]
    [InlineData("ResizeDisk", """{"DiskId":"disk-00000000","DiskSize":2}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("ResizeDisk", """{"DiskId":"vol-1","DiskSize":2}""", "InvalidParameterValue", "DiskId")]
    [InlineData("DescribeDisks", """{"Limit":101}""", "InvalidParameterValue", "Limit")]
    [InlineData("DescribeDisks", """{"Order":"UP"}""", "InvalidParameterValue", "Order")]
    [InlineData("DescribeDisks", """{"OrderField":"SIZE"}""", "InvalidParameterValue", "OrderField")]
    [InlineData("DescribeDisks", """{"Filters":[{"Name":"colour","Values":["red"]}]}""", "InvalidFilter", "colour")]
    public async Task Each_refusal_has_its_code(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
        Assert.Empty(server.Log.Errors);
    }
}
