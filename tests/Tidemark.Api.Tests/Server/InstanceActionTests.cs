using System.Text.Json;

namespace Tidemark.Api.Tests.Server;

public sealed class InstanceActionTests
{
    private const string Host = "ins-11111111";

    [Fact]
    public async Task An_attached_disk_is_shown_as_clients_wait_for_it()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        // What a container driver sends: a member that no page documents.
        await server.CallAsync(
            "AttachDisks",
            $$"""{"InstanceId":"eks-11111111","DiskIds":["{{diskId}}"],"InstanceType":"eks","AttachMode":"VF"}""");
        var attached = await FindAsync(server, diskId);
        await server.CallAsync("DetachDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
        var detached = await FindAsync(server, diskId);

        AssertMembers(attached, """
            {"DiskState":"ATTACHED","Attached":true,"InstanceId":"eks-11111111","InstanceType":"EKS",
            "LastAttachInsId":"eks-11111111","AttachMode":"VF","InstanceIdList":[]}
            """);
        AssertMembers(detached, """
            {"DiskState":"UNATTACHED","Attached":false,"InstanceId":"","InstanceType":"CVM",
            "LastAttachInsId":"eks-11111111","AttachMode":"PF"}
            """);
    }

    [Fact]
    public async Task Attaching_and_detaching_as_terraform_does_it()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var body = $$"""{"InstanceId":"{{Host}}","DiskIds":["{{diskId}}"]}""";

        await server.CallAsync("AttachDisks", body);
        await server.CallAsync("AttachDisks", body);
        await server.AssertRefusedAsync(
            "ResourceUnavailable.Attached",
            Host,
            "AttachDisks",
            $$"""{"InstanceId":"ins-22222222","DiskIds":["{{diskId}}"]}""");
        await server.AssertRefusedAsync(
            "UnsupportedOperation.StateError", Host, "TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
        await server.CallAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":3}""");
        AssertMembers(await FindAsync(server, diskId), """{"DiskState":"ATTACHED","DiskSize":3}""");
        await server.AssertRefusedAsync(
            "InvalidParameterValue",
            Host,
            "DetachDisks",
            $$"""{"InstanceId":"ins-22222222","DiskIds":["{{diskId}}"]}""");
        await server.CallAsync("DetachDisks", body);
        await server.AssertRefusedAsync("UnsupportedOperation.StateError", diskId, "DetachDisks", body);

        await server.CallAsync("TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
    }

    [Theory]
    [InlineData("AttachDisks", """{"DiskIds":["disk-00000000"]}""", "MissingParameter", "InstanceId")]
    [InlineData("AttachDisks", """{"InstanceId":"ins-11111111"}""", "MissingParameter", "DiskIds")]
    [InlineData(
        "AttachDisks",
        """{"InstanceId":"vm","DiskIds":["disk-00000000"]}""",
        "InvalidParameterValue",
        "InstanceId")]
    [InlineData(
        "AttachDisks",
        """{"InstanceId":"ins-11111111","DiskIds":["disk-00000000"]}""",
        "InvalidDiskId.NotFound",
        "disk-00000000")]
    [InlineData(
        "AttachDisks",
        """{"InstanceId":"ins-11111111","DiskIds":["1","2","3","4","5","6","7","8","9","a","b"]}""",
        "InvalidParameterValue.LimitExceeded",
        "DiskIds")]
    [InlineData("DetachDisks", """{"DiskIds":["disk-00000000"]}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("DetachDisks", "{}", "MissingParameter", "DiskIds")]
    [InlineData("DescribeInstancesDiskNum", "{}", "MissingParameter", "InstanceIds")]
    [InlineData("DescribeInstancesDiskNum", """{"InstanceIds":["x"]}""", "InvalidParameterValue", "InstanceIds")]
    [InlineData("RegisterInstance", """{"Zone":"mars"}""", "InvalidParameterValue", "Zone")]
    [InlineData("DeregisterInstance", "{}", "MissingParameter", "InstanceId")]
    [InlineData("DeregisterInstance", """{"InstanceId":"ins-00000000"}""", "InvalidInstanceId.NotFound", "ins-0000")]
    public async Task Each_refusal_has_its_code(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task Another_zone_has_its_code()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        await server.CallAsync("RegisterInstance", $$"""{"InstanceId":"{{Host}}","Zone":"local-2"}""");

        await server.AssertRefusedAsync(
            "ResourceUnavailable.ZoneNotMatch",
            "local-2",
            "AttachDisks",
            $$"""{"InstanceId":"{{Host}}","DiskIds":["{{diskId}}"]}""");
    }

    [Fact]
    public async Task Strict_servers_refuse_unknown_instances()
    {
        await using var server = await RunningServer.StartAsync(
            change: options => options with { StrictInstances = true });
        var diskId = await server.NewDiskAsync();

        await server.AssertRefusedAsync(
            "InvalidInstanceId.NotFound",
            Host,
            "AttachDisks",
            $$"""{"InstanceId":"{{Host}}","DiskIds":["{{diskId}}"]}""");
        Assert.Equal("[]", (await CountAsync(server, Host)).GetRawText());
    }

    [Fact]
    public async Task An_instance_takes_twenty_disks_and_says_so()
    {
        await using var server = await RunningServer.StartAsync();
        var created = await server.CallAsync("CreateDisks", """
            {"Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD","DiskSize":1,
            "DiskCount":21}
            """);
        var ids = created.GetProperty("DiskIdSet").EnumerateArray().Select(id => id.GetString()!).ToArray();
        Assert.Equal(
            """[{"InstanceId":"ins-11111111","AttachedDiskCount":0,"MaxAttachCount":20}]""",
            (await CountAsync(server, Host)).GetRawText());

        await server.CallAsync("AttachDisks", Body(Host, ids[..10]));
        await server.CallAsync("AttachDisks", Body(Host, ids[10..20]));

        await server.AssertRefusedAsync(
            "LimitExceeded.InstanceAttachedDisk", "20", "AttachDisks", Body(Host, ids[20..]));
        Assert.Equal(
            """[{"InstanceId":"ins-11111111","AttachedDiskCount":20,"MaxAttachCount":20}]""",
            (await CountAsync(server, Host)).GetRawText());
    }

    [Fact]
    public async Task A_host_comes_and_goes_with_some_of_its_disks()
    {
        await using var server = await RunningServer.StartAsync();
        var going = await server.NewDiskAsync();
        var staying = await server.NewDiskAsync();
        var registered = await server.CallAsync(
            "RegisterInstance", """{"InstanceName":"db","Zone":"local-1","PrivateIpAddress":"10.0.0.9"}""");
        var hostId = registered.GetProperty("InstanceId").GetString()!;
        await server.CallAsync(
            "AttachDisks", $$"""{"InstanceId":"{{hostId}}","DiskIds":["{{going}}"],"DeleteWithInstance":true}""");
        await server.CallAsync("AttachDisks", Body(hostId, [staying]));
        AssertMembers(await FindAsync(server, going), """{"DeleteWithInstance":true}""");
        var found = await server.CallAsync(
            "DescribeDisks",
            """
            {"Filters":[{"Name":"instance-name","Values":["db"]},{"Name":"instance-ip-address","Values":["10.0.0.9"]}]}
            """);
        Assert.Equal(2, found.GetProperty("TotalCount").GetInt32());

        await server.CallAsync("DeregisterInstance", $$"""{"InstanceId":"{{hostId}}"}""");

        var left = await server.CallAsync("DescribeDisks", "{}");
        Assert.Equal(1, left.GetProperty("TotalCount").GetInt32());
        AssertMembers(
            left.GetProperty("DiskSet")[0],
            $$"""{"DiskId":"{{staying}}","DiskState":"UNATTACHED","LastAttachInsId":"{{hostId}}"}""");
    }

    private static string Body(string instanceId, string[] diskIds) =>
        JsonSerializer.Serialize(new { InstanceId = instanceId, DiskIds = diskIds });

    private static async Task<JsonElement> FindAsync(RunningServer server, string diskId) =>
        (await server.CallAsync("DescribeDisks", $$"""{"DiskIds":["{{diskId}}"]}""")).GetProperty("DiskSet")[0];

    private static async Task<JsonElement> CountAsync(RunningServer server, string instanceId) =>
        (await server.CallAsync("DescribeInstancesDiskNum", $$"""{"InstanceIds":["{{instanceId}}"]}"""))
            .GetProperty("AttachDetail");

    private static void AssertMembers(JsonElement found, string expected)
    {
        using var document = JsonDocument.Parse(expected);
        foreach (var member in document.RootElement.EnumerateObject())
            Assert.Equal(member.Value.GetRawText(), found.GetProperty(member.Name).GetRawText());
    }
}
