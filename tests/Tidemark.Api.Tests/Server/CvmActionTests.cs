using System.Text;
using Tidemark.Disks;

namespace Tidemark.Api.Tests.Server;

public sealed class CvmActionTests
{
    private const string RequestId = RunningServer.RequestId;

    [Fact]
    public async Task Zones_and_regions_are_those_of_the_server()
    {
        await using var server = await RunningServer.StartAsync(change: options => options with
        {
            OtherRegions = [new Region("east", ["east-1"])],
        });

        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":2,"ZoneSet":[{"Zone":"local-1","ZoneId":"100001","ZoneName":"local-1",
            "ZoneState":"AVAILABLE"},{"Zone":"local-2","ZoneId":"100002","ZoneName":"local-2",
            "ZoneState":"AVAILABLE"}],"RequestId":"{{{RequestId}}}"}}
            """.ReplaceLineEndings(""),
            await server.SendAsync("DescribeZones", "{}"));
        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":2,"RegionSet":[{"Region":"local","RegionName":"local",
            "RegionState":"AVAILABLE"},{"Region":"east","RegionName":"east","RegionState":"AVAILABLE"}],
            "RequestId":"{{{RequestId}}}"}}
            """.ReplaceLineEndings(""),
            await server.SendAsync("DescribeRegions", "{}"));
    }

    [Fact]
    public async Task Instances_agree_with_the_disks()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync(7);
        await server.CallAsync(
            "RegisterInstance",
            """{"InstanceId":"ins-11111111","InstanceName":"db","PrivateIpAddress":"10.0.0.9","Zone":"local-1"}""");
        await server.CallAsync(
            "AttachDisks",
            $$"""{"InstanceId":"ins-11111111","DiskIds":["{{diskId}}"],"DeleteWithInstance":true}""");

        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":1,"InstanceSet":[{"Placement":{"Zone":"local-1","ProjectId":0,"ProjectName":"",
            "CageId":"","CdcId":"","CdcName":"","DedicatedClusterId":""},"InstanceId":"ins-11111111",
            "InstanceType":"HOST","CPU":0,"Memory":0,"RestrictState":"NORMAL","InstanceName":"db",
            "InstanceChargeType":"POSTPAID_BY_HOUR","SystemDisk":{"DiskType":"","DiskId":"","DiskSize":0},
            "DataDisks":[{"DiskSize":7,"DiskType":"CLOUD_SSD","DiskId":"{{{diskId}}}","DeleteWithInstance":true,
            "SnapshotId":"","Encrypt":false,"ThroughputPerformance":0,"BurstPerformance":false}],
            "PrivateIpAddresses":["10.0.0.9"],"PublicIpAddresses":[],"ImageId":"",
            "RenewFlag":"NOTIFY_AND_MANUAL_RENEW","CreatedTime":"2026-11-22T11:36:35Z","ExpiredTime":"","OsName":"",
            "SecurityGroupIds":[],"InstanceState":"RUNNING","Tags":[],"StopChargingMode":"NOT_APPLICABLE","Uuid":""}],
            "RequestId":"{{{RequestId}}}"}}
            """.ReplaceLineEndings(""),
            await server.SendAsync("DescribeInstances", """{"InstanceIds":["ins-11111111","ins-00000000"]}"""));
    }

    [Fact]
    public async Task Instances_are_stopped_started_and_asked_for_their_state()
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("RegisterInstance", """{"InstanceId":"ins-11111111"}""");
        const string body = """{"InstanceIds":["ins-11111111"]}""";

        Assert.Equal("RUNNING", await StateAsync(server, body));
        await server.CallAsync("StopInstances", body);
        Assert.Equal("STOPPED", await StateAsync(server, body));
        await server.CallAsync("StartInstances", body);

        Assert.Equal("RUNNING", await StateAsync(server, body));
        await server.AssertRefusedAsync(
            "InvalidInstanceId.NotFound", "ins-00000000", "StopInstances", """{"InstanceIds":["ins-00000000"]}""");
        await server.AssertRefusedAsync("MissingParameter", "InstanceIds", "StartInstances", "{}");
    }

    [Theory]
    [InlineData("""{"Filters":[{"Name":"zone","Values":["local-2"]}]}""", 1, "eks-22222222")]
    [InlineData("""{"Filters":[{"Name":"instance-name","Values":["web"]}]}""", 1, "ins-11111111")]
    [InlineData("""{"Limit":1,"Order":"ASC"}""", 2, "ins-11111111")]
    [InlineData("""{"Offset":100}""", 2, "")]
    [InlineData("""{"InstanceIds":["eks-22222222"]}""", 1, "eks-22222222")]
    public async Task Instances_are_listed_by_page_and_filter(string body, int total, string ids)
    {
        await using var server = await RunningServer.StartAsync();
        await server.CallAsync("RegisterInstance", """{"InstanceId":"ins-11111111","InstanceName":"web"}""");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.CallAsync("RegisterInstance", """{"InstanceId":"eks-22222222","Zone":"local-2"}""");

        var page = await server.CallAsync("DescribeInstances", body);

        Assert.Equal(total, page.GetProperty("TotalCount").GetInt32());
        Assert.Equal(ids, string.Join(' ', page.GetProperty("InstanceSet").EnumerateArray()
            .Select(instance => instance.GetProperty("InstanceId").GetString())));
    }

    [Fact]
    public async Task Actions_are_found_whatever_service_the_signature_names()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Contains(
            "\"ZoneSet\"", await server.SendAsync("DescribeZones", Encoding.UTF8.GetBytes("{}"), "cbs"));
        Assert.Contains(
            "\"ZoneSet\"", await server.SendAsync("DescribeZones", Encoding.UTF8.GetBytes("{}"), "127"));
    }

    private static async Task<string?> StateAsync(RunningServer server, string body)
    {
        var answer = await server.CallAsync("DescribeInstancesStatus", body);
        var only = Assert.Single(answer.GetProperty("InstanceStatusSet").EnumerateArray());
        Assert.Equal("ins-11111111", only.GetProperty("InstanceId").GetString());
        return only.GetProperty("InstanceState").GetString();
    }
}
