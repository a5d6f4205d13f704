using System.Text.Json;
using Tidemark.Api.Actions;

namespace Tidemark.Api.Tests.Server;

/// <summary>
/// What is of another account or region does not exist: whatever is asked about it, the answer is, to the letter, the
/// one about something that never was. Requests are made from the declarations, so new actions are covered as well.
/// </summary>
public sealed class IsolationTests
{
    private const string Ghost = "zzzzzzzz";

    // Actions whose sample request reaches what it names: its owner gets another answer than for what never was.
    private static readonly string[] Reaching =
    [
        "ApplySnapshot SnapshotId", "AttachResourcesTag ResourceIds", "CreateAccessKey AccountId",
        "CreateDisks SnapshotId", "CreateSnapshot DiskId", "DeleteAccessKey SecretId", "DeleteSnapshots SnapshotIds",
        "DescribeAccessKeys AccountId", "DescribeChangedBlocks DiskId", "DescribeChangedBlocks SnapshotId",
        "DescribeDiskOperationLogs Filters", "DescribeDisks DiskIds", "DescribeEvents ResourceId",
        "DescribeResourceTags ResourceId", "DescribeResourceTagsByResourceIds ResourceIds",
        "DescribeSnapshotOperationLogs Filters", "DescribeSnapshotSizes SnapshotIds", "DescribeSnapshots SnapshotIds",
        "DetachResourcesTag ResourceIds", "GetResources ResourceList", "ResizeDisk DiskId",
        "TagResources ResourceList", "TerminateDisks DiskIds", "UnTagResources ResourceList",
    ];

    public static TheoryData<string, string> Members()
    {
        var data = new TheoryData<string, string>();
        foreach (var (action, member) in SampleRequests.All)
            data.Add(action.Name, member.Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Another_accounts_resource_is_not_there(string action, string member)
    {
        await using var server = await RunningServer.StartAsync();
        var ids = await SamplesAsync(server);
        var stranger = await server.NewAccountAsync();

        await AssertHiddenAsync(server, stranger, action, member, ids);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Another_regions_resource_is_not_there(string action, string member)
    {
        // Accounts and keys are in no region; labels are asked for by the region of the resource.
        if (member is "AccountId" or "SecretId" || ActionTable.Find(action)!.Product is CloudProduct.Tag)
            return;
        await using var server = await RunningServer.StartAsync();
        var ids = await SamplesAsync(server);

        await AssertHiddenAsync(server, SentAs.First with { Region = "faraway" }, action, member, ids);
    }

    [Fact]
    public async Task The_sample_requests_reach_what_they_name()
    {
        var blind = new List<string>();
        foreach (var (action, member) in SampleRequests.All)
        {
            var name = $"{action.Name} {member.Name}";
            if (!Reaching.Contains(name))
                continue;
            await using var server = await RunningServer.StartAsync();
            var ids = await SamplesAsync(server);
            var (about, never) = await AskAsync(server, SentAs.First, action, member, ids);
            if (about == never)
                blind.Add(name);
        }

        Assert.Empty(blind);
    }

    [Fact]
    public async Task Labels_are_found_only_by_the_region_of_the_resource()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync(more: ",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]");

        var elsewhere = await server.CallAsync("DescribeResourceTagsByResourceIds", $$"""
            {"ServiceType":"cvm","ResourcePrefix":"volume","ResourceIds":["{{diskId}}"],"ResourceRegion":"faraway"}
            """);

        Assert.Equal(0, elsewhere.GetProperty("TotalCount").GetInt32());
        await server.AssertRefusedAsync(
            "InvalidParameterValue.ResourceIdInvalid", diskId, "ModifyResourceTags",
            $$"""{"Resource":"qcs::cvm:faraway:uin/:volume/{{diskId}}","DeleteTags":[{"TagKey":"a"}]}""");
    }

    private static async Task AssertHiddenAsync(
        RunningServer server, SentAs stranger, string actionName, string memberName, Dictionary<string, string> ids)
    {
        var action = ActionTable.Find(actionName)!;
        var member = action.Parameters.Single(each => each.Name == memberName);
        var before = await LookAsync(server);

        var (about, never) = await AskAsync(server, stranger, action, member, ids);

        Assert.Equal(never, about);
        Assert.DoesNotContain("InternalError", about);
        Assert.Equal(before, await LookAsync(server));
    }

    // The answers about what is there and about what never was, with one name for both.
    private static async Task<(string About, string Never)> AskAsync(
        RunningServer server, SentAs sender, ApiAction action, ApiParameter member, Dictionary<string, string> ids)
    {
        var ghosts = ids.ToDictionary(pair => pair.Key, pair => GhostOf(pair.Value));
        var about = await server.SendAsync(sender, action.Name, SampleRequests.Body(action, member, ids));
        var never = await server.SendAsync(sender, action.Name, SampleRequests.Body(action, member, ghosts));
        foreach (var id in ids.Values)
            about = about.Replace(id, GhostOf(id));
        return (about, never);
    }

    private static string GhostOf(string id) => id switch
    {
        _ when id.StartsWith("qcs:", StringComparison.Ordinal) =>
            id[..(id.LastIndexOf('-') + 1)] + Ghost,
        _ when id.Contains('-') => id[..(id.IndexOf('-') + 1)] + Ghost,
        _ when id.StartsWith("AKID", StringComparison.Ordinal) => "AKID" + Ghost,
        _ => "199999999999",
    };

    private static async Task<string> LookAsync(RunningServer server) =>
        await server.SendAsync("DescribeDisks", "{}") + await server.SendAsync("DescribeSnapshots", "{}")
            + await server.SendAsync("DescribeAccessKeys", "{}");

    // One of everything that the first account has in the first region.
    private static async Task<Dictionary<string, string>> SamplesAsync(RunningServer server)
    {
        var diskId = await server.NewDiskAsync(more: ",\"Tags\":[{\"Key\":\"x\",\"Value\":\"y\"}]");
        var snapshotId = await server.NewSnapshotAsync(diskId);
        var key = await server.NewKeyAsync(SentAs.First.AccountId);
        var ids = new Dictionary<string, string>
        {
            ["DiskId"] = diskId,
            ["disk-id"] = diskId,
            ["SnapshotId"] = snapshotId,
            ["snapshot-id"] = snapshotId,
            ["BaseSnapshotId"] = snapshotId,
            ["ResourceId"] = diskId,
            ["Resource"] = $"qcs::cvm:local:uin/:volume/{diskId}",
            ["AccountId"] = SentAs.First.AccountId,
            ["SecretId"] = key.SecretId,
        };
        await AddAsync(server, ids, "CreateSnapshotGroup", $$"""{"DiskIds":["{{diskId}}"]}""", "SnapshotGroupId");
        await AddAsync(server, ids, "CreateDiskBackup", $$"""{"DiskId":"{{diskId}}"}""", "DiskBackupId");
        await AddAsync(
            server, ids, "CreateAutoSnapshotPolicy", """{"Policy":[{"DayOfWeek":[1],"Hour":[1]}]}""",
            "AutoSnapshotPolicyId");
        return ids;
    }

    private static async Task AddAsync(
        RunningServer server, Dictionary<string, string> ids, string action, string body, string member)
    {
        if (ActionTable.Find(action) is null)
            return;
        using var answer = JsonDocument.Parse(await server.SendAsync(action, body));
        // An action that needs more first (a quota, an attached disk) simply brings no sample.
        if (answer.RootElement.GetProperty("Response").TryGetProperty(member, out var id))
            ids[member] = id.GetString()!;
    }
}
