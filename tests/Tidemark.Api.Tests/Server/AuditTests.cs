using System.Text.Json;
using Tidemark.Api.Actions;

namespace Tidemark.Api.Tests.Server;

/// <summary>Every call that changes something, or would have, leaves exactly one event.</summary>
public sealed class AuditTests
{
    public static TheoryData<string> Mutating() =>
        [.. ActionTable.All.Where(action => action.IsMutating).Select(action => action.Name)];

    [Theory]
    [MemberData(nameof(Mutating))]
    public async Task A_refused_call_leaves_one_event(string action)
    {
        await using var server = await RunningServer.StartAsync();
        var reader = await server.NewKeyAsync(SentAs.First.AccountId, isReadOnly: true);

        var code = await server.CodeAsync(reader, action, """{"DiskIds":["disk-abcdefgh"]}""");

        Assert.Equal("UnauthorizedOperation", code);
        var happened = Assert.Single(await EventsAsync(server, $$"""{"Actor":"{{reader.SecretId}}"}"""));
        Assert.Equal(action, happened.GetProperty("Action").GetString());
        Assert.Equal("UnauthorizedOperation", happened.GetProperty("Result").GetString());
        Assert.Contains("may only look", happened.GetProperty("Message").GetString());
        Assert.Equal("127.0.0.1", happened.GetProperty("SourceAddress").GetString());
        Assert.Equal(RunningServer.RequestId, happened.GetProperty("RequestId").GetString());
    }

    [Fact]
    public async Task Success_refusal_and_nonsense_leave_one_event_each()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        await server.SendAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":"big"}""");
        await server.SendAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":1}""");
        await server.SendAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":2}""");
        await server.SendAsync("ResizeDisk", "not json");
        await server.CallAsync("StartCheck", "{}");
        await server.CallAsync("DescribeDisks", "{}");

        var events = await EventsAsync(server, "{}");

        Assert.Equal(
            [
                "StartCheck Success ", "ResizeDisk InvalidParameter ", $"ResizeDisk Success {diskId}",
                $"ResizeDisk InvalidParameterValue {diskId}", $"ResizeDisk InvalidParameterValue {diskId}",
                $"CreateDisks Success {diskId}",
            ],
            events.Select(Text));
    }

    [Fact]
    public async Task An_unknown_region_is_noted_where_it_can_be_found()
    {
        await using var server = await RunningServer.StartAsync();

        await server.SendAsync(SentAs.First with { Region = "nowhere" }, "TerminateDisks", """{"DiskIds":["a"]}""");

        Assert.Contains(
            await EventsAsync(server, "{}"), happened => Text(happened) == "TerminateDisks UnsupportedRegion a");
    }

    [Fact]
    public async Task Events_are_filtered()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var otherId = await server.NewDiskAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(4));
        await server.SendAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":2}""");
        await server.SendAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":1}""");
        await server.SendAsync("TerminateDisks", $$"""{"DiskIds":["{{diskId}}","{{otherId}}"]}""");

        Assert.Equal(4, (await EventsAsync(server, $$"""{"ResourceId":"{{diskId}}"}""")).Count);
        Assert.Equal(2, (await EventsAsync(server, """{"ActionName":"ResizeDisk"}""")).Count);
        Assert.Single(await EventsAsync(server, """{"Result":"InvalidParameterValue"}"""));
        Assert.Single(await EventsAsync(server, """{"ActionName":"ResizeDisk","Result":"Success"}"""));
        Assert.Equal(3, (await EventsAsync(server, """{"BeginTime":"2026-11-22T11:40:00Z"}""")).Count);
        Assert.Equal(2, (await EventsAsync(
            server, """{"EndTime":"2026-11-22T11:40:00Z","ActionName":"CreateDisks"}""")).Count);
        await server.AssertRefusedAsync(
            "InvalidParameterValue", "BeginTime", "DescribeEvents", """{"BeginTime":"x"}""");
    }

    [Fact]
    public async Task Administrators_see_events_of_all_accounts()
    {
        await using var server = await RunningServer.StartAsync();
        var second = await server.NewAccountAsync();
        await server.SendAsync(second, "CreateAccessKey", "{}");
        var own = $$"""{"AccountId":"{{second.AccountId}}"}""";

        Assert.Single(await EventsAsync(server, own));
        Assert.Contains(
            await EventsAsync(server, """{"AllAccounts":true}"""),
            happened => happened.GetProperty("Actor").GetString() == second.SecretId);
        Assert.DoesNotContain(
            await EventsAsync(server, "{}"),
            happened => happened.GetProperty("Actor").GetString() == second.SecretId);
        Assert.Equal(
            "UnauthorizedOperation", await server.CodeAsync(second, "DescribeEvents", """{"AllAccounts":true}"""));
        Assert.Null(await server.CodeAsync(second, "DescribeEvents", own));
    }

    [Fact]
    public async Task Operations_of_disks_and_snapshots_are_listed_for_older_clients()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        await server.SendAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":1}""");
        await server.SendAsync("ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":2}""");
        var snapshotId = await server.NewSnapshotAsync(diskId);
        await server.CallAsync("DeleteSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");

        var disks = await server.CallAsync("DescribeDiskOperationLogs", Filter("disk-id", diskId));
        var snapshots = await server.CallAsync("DescribeSnapshotOperationLogs", Filter("snapshot-id", snapshotId));
        var none = await server.CallAsync("DescribeDiskOperationLogs", Filter(
            "disk-id", diskId, ",\"BeginTime\":\"2026-11-22 19:36:36\""));

        Assert.Equal(
            [
                $"{diskId} CBS_OPERATION_EXPAND SUCCESS", $"{diskId} CBS_OPERATION_EXPAND FAILED",
                $"{diskId} CBS_OPERATION_CREATE SUCCESS",
            ],
            Rows(disks, "DiskOperationLogSet", "DiskId"));
        Assert.Equal(
            [$"{snapshotId} SNAP_OPERATION_DELETE SUCCESS", $"{snapshotId} SNAP_OPERATION_CREATE SUCCESS"],
            Rows(snapshots, "SnapshotOperationLogSet", "SnapshotId"));
        Assert.Empty(Rows(none, "DiskOperationLogSet", "DiskId"));
        Assert.Equal(
            "2026-11-22 19:36:35",
            disks.GetProperty("DiskOperationLogSet")[0].GetProperty("StartTime").GetString());
        await server.AssertRefusedAsync("MissingParameter", "disk-id", "DescribeDiskOperationLogs", "{}");
        await server.AssertRefusedAsync(
            "InvalidParameterValue", "zone", "DescribeDiskOperationLogs", Filter("zone", "z"));
        await server.AssertRefusedAsync(
            "InvalidParameterValue", "EndTime", "DescribeSnapshotOperationLogs",
            Filter("snapshot-id", "s", ",\"EndTime\":\"soon\""));
    }

    private static string Filter(string name, string id, string more = "") =>
        $$"""{"Filters":[{"Name":"{{name}}","Values":["{{id}}"]}]{{more}}}""";

    private static IEnumerable<string> Rows(JsonElement answer, string set, string id) =>
        answer.GetProperty(set).EnumerateArray().Select(row => string.Join(
            ' ', row.GetProperty(id), row.GetProperty("Operation"), row.GetProperty("OperationState")));

    private static string Text(JsonElement happened) => string.Join(
        ' ', happened.GetProperty("Action"), happened.GetProperty("Result"), happened.GetProperty("ResourceId"));

    private static async Task<List<JsonElement>> EventsAsync(RunningServer server, string body) =>
        [.. (await server.CallAsync("DescribeEvents", body)).GetProperty("EventSet").EnumerateArray()];
}
