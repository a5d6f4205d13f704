using Tidemark.Api.Actions;
using Tidemark.Api.Hosting;
using Tidemark.Api.Tests.Hosting;
using Tidemark.Api.Tests.Server;
using Tidemark.Disks;
using Tidemark.Disks.Keys;

namespace Tidemark.Api.Tests.Actions;

/// <summary>What is refused before the domain is asked: there is none behind these tests.</summary>
public sealed class ActionDispatchTests
{
    private const string Disk =
        """ "Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD" """;

    private const string Zone = """[{"Name":"zone","Values":["z"]}]""";

    [Theory]
    [InlineData("CreateDisk", "2017-03-12", "local", "InvalidAction")]
    [InlineData("createDisks", "2017-03-12", "local", "InvalidAction")]
    [InlineData("CreateDisks", "2017-03-13", "local", "NoSuchVersion")]
    [InlineData("CreateDisks", "2017-03-12", "ap-guangzhou", "UnsupportedRegion")]
    [InlineData("CreateDisks", "2017-03-12", "", "MissingParameter")]
    public async Task Action_version_and_region_must_be_known(string action, string version, string region, string code)
    {
        await using var face = await StartAsync(new ApiOptions { Listen = [] });
        using var request = face.Signed(action, "{}"u8.ToArray());
        request.Headers.Remove("X-TC-Version");
        request.Headers.TryAddWithoutValidation("X-TC-Version", version);
        request.Headers.Remove("X-TC-Region");
        request.Headers.TryAddWithoutValidation("X-TC-Region", region);

        Assert.Contains($"{{\"Code\":\"{code}\",", await face.SendAsync(request));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ap-guangzhou")]
    public async Task Regions_are_listed_without_one(string region)
    {
        await using var server = await RunningServer.StartAsync();
        server.Region = region;

        Assert.Contains("\"RegionSet\":[{", await server.SendAsync("DescribeRegions", "{}"));
    }

    [Theory]
    [InlineData("ResizeDisk", "{}", "MissingParameter", "DiskId")]
    [InlineData("ResizeDisk", """{"DiskId":"disk-1"}""", "MissingParameter", "DiskSize")]
    [InlineData("ResizeDisk", """{"DiskId":"disk-1","DiskSize":"big"}""", "InvalidParameterValue", "DiskSize")]
    [InlineData("ResizeDisk", """{"DiskId":7,"DiskSize":20}""", "InvalidParameterValue", "DiskId")]
    [InlineData("ResizeDisk", "[]", "InvalidParameter", "JSON object")]
    [InlineData("ApplySnapshot", """{"DiskId":"disk-1"}""", "MissingParameter", "SnapshotId")]
    [InlineData("ApplySnapshot", """{"SnapshotId":"snap-1"}""", "MissingParameter", "DiskId")]
    [InlineData(
        "ApplySnapshot",
        """{"SnapshotId":"snap-1","DiskId":"disk-1","DisconnectClients":3}""",
        "InvalidParameterValue",
        "DisconnectClients")]
    [InlineData("TerminateDisks", """{"DiskIds":[]}""", "MissingParameter", "DiskIds")]
    [InlineData("TerminateDisks", """{"DiskIds":"disk-1"}""", "InvalidParameterValue", "DiskIds")]
    [InlineData("TerminateDisks", """{"DiskIds":["a"],"DeleteSnapshot":2}""", "InvalidParameterValue", "Snapshot")]
    [InlineData("DeleteSnapshots", "{}", "MissingParameter", "SnapshotIds")]
    [InlineData("DeleteSnapshots", """{"SnapshotIds":[1]}""", "InvalidParameterValue", "SnapshotIds.0")]
    [InlineData("CreateSnapshot", "{}", "MissingParameter", "DiskId")]
    [InlineData("CreateSnapshot", """{"DiskId":"disk-1","Deadline":"soon"}""", "InvalidParameterValue", "Deadline")]
    [InlineData("CreateSnapshot", """{"DiskId":"disk-1","Tags":[{"Value":"v"}]}""", "MissingParameter", "Tags.0.Key")]
    [InlineData("CreateDisks", "{}", "MissingParameter", "Placement")]
    [InlineData("CreateDisks", """{"Placement":{}}""", "MissingParameter", "DiskChargeType")]
    [InlineData(
        "CreateDisks",
        """{"Placement":{},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD"}""",
        "MissingParameter",
        "Placement.Zone")]
    [InlineData(
        "CreateDisks",
        """{"Placement":{"Zone":"z"},"DiskChargeType":"PREPAID","DiskType":"CLOUD_SSD"}""",
        "MissingParameter",
        "DiskChargePrepaid")]
    [InlineData("CreateDisks", "{" + Disk + ""","KmsKeyId":"k"}""", "InvalidParameter", "KmsKeyId")]
    [InlineData("CreateDisks", "{" + Disk + ""","Encrypt":"ENCRYPT","Shareable":true}""", "InvalidParameter", "Share")]
    [InlineData("CreateDisks", "{" + Disk + ""","AutoMountConfiguration":{}}""", "UnsupportedOperation", "AutoMount")]
    [InlineData("DescribeDisks", """{"DiskIds":["a"],"Filters":""" + Zone + "}", "InvalidParameter", "together")]
    [InlineData("DescribeDisks", """{"Filters":[{"Name":"zone"}]}""", "MissingParameter", "Filters.0.Values")]
    [InlineData("DescribeDisks", """{"Limit":-1}""", "InvalidParameterValue", "Limit")]
    [InlineData("DescribeSnapshots", """{"SnapshotIds":["a"],"Filters":""" + Zone + "}", "InvalidParameter", "gether")]
    [InlineData("DescribeSnapshots", """{"Offset":"x"}""", "InvalidParameterValue", "Offset")]
    [InlineData("DescribeChangedBlocks", """{"SnapshotId":"a","MaxResults":0}""", "InvalidParameterValue", "Results")]
    [InlineData("DescribeChangedBlocks", """{"SnapshotId":"a","MaxResults":10001}""", "InvalidParameterValue", "Max")]
    [InlineData("DescribeChangedBlocks", "{}", "MissingParameter", "SnapshotId")]
    [InlineData("DescribeChangedBlocks", """{"SnapshotId":"a","DiskId":"b"}""", "InvalidParameter", "together")]
    [InlineData("DescribeSnapshotSizes", "{}", "MissingParameter", "SnapshotIds")]
    [InlineData("DescribeEvents", """{"Limit":1001}""", "InvalidParameterValue", "Limit")]
    [InlineData("DescribeJobs", """{"JobIds":{}}""", "InvalidParameterValue", "JobIds")]
    public async Task Each_request_is_validated_by_name(string action, string body, string code, string named)
    {
        await using var face = await StartAsync(new ApiOptions { Listen = [] });

        var answer = await face.SendAsync(face.Signed(action, System.Text.Encoding.UTF8.GetBytes(body)));

        Assert.Contains($"{{\"Code\":\"{code}\",", answer);
        Assert.Contains(named, answer);
    }

    [Theory]
    [InlineData("TerminateDisks", "DiskIds")]
    [InlineData("DeleteSnapshots", "SnapshotIds")]
    [InlineData("DescribeDisks", "DiskIds")]
    [InlineData("DescribeSnapshots", "SnapshotIds")]
    [InlineData("DescribeSnapshotSizes", "SnapshotIds")]
    public async Task A_hundred_and_one_ids_are_too_many(string action, string name)
    {
        await using var face = await StartAsync(new ApiOptions { Listen = [] });
        var query = string.Join('&', Enumerable.Range(0, 101).Select(i => $"{name}.{i}=x"));

        var answer = await face.SendAsync(face.SignedGet(action, query));

        Assert.Contains("\"Code\":\"InvalidParameterValue.LimitExceeded\"", answer);
    }

    [Fact]
    public async Task Rates_are_enforced_when_asked_for()
    {
        await using var limited = await StartAsync(new ApiOptions { Listen = [], LimitRates = true });
        var codes = new List<bool>();
        for (var i = 0; i < 21; i++)
        {
            var answer = await limited.SendAsync(limited.Signed("ResizeDisk", "{}"u8.ToArray()));
            codes.Add(answer.Contains("\"Code\":\"RequestLimitExceeded\"", StringComparison.Ordinal));
        }

        Assert.Equal([.. Enumerable.Repeat(false, 20), true], codes);
    }

    private static Task<RunningFace> StartAsync(ApiOptions options)
    {
        var served = new DomainOptions
        {
            MasterKey = MasterKey.Draw(bytes => bytes.Clear()),
            Region = "local",
            Time = new FixedClock(DateTimeOffset.FromUnixTimeSeconds(RunningFace.Now)),
        };
        return RunningFace.StartAsync(new ActionDispatch(null!, served, RunningFace.AnyKey, options, null!).Run);
    }
}
