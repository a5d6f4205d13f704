using System.Text.Json;

namespace Tidemark.Api.Tests.Server;

public sealed class GroupActionTests
{
    [Fact]
    public async Task A_new_group_is_listed_at_once_with_every_member()
    {
        await using var server = await RunningServer.StartAsync();
        var (first, second) = (await server.NewDiskAsync(), await server.NewDiskAsync());

        var groupId = await NewGroupAsync(server, first, second);
        var listed = await server.SendAsync("DescribeSnapshotGroups", "{}");

        var members = (await server.CallAsync("DescribeSnapshots", """{"Order":"ASC"}""")).GetProperty("SnapshotSet");
        var ids = members.EnumerateArray().OrderBy(one => one.GetProperty("SnapshotName").GetString())
            .Select(one => one.GetProperty("SnapshotId").GetString()).ToList();
        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":1,"SnapshotGroupSet":[{"SnapshotGroupId":"{{{groupId}}}",
            "SnapshotGroupName":"夜","SnapshotGroupType":"NORMAL","SnapshotGroupState":"NORMAL","Percent":100,
            "SnapshotIdSet":["{{{ids[0]}}}","{{{ids[1]}}}"],"ContainRootSnapshot":false,"Images":[],"ImageCount":0,
            "IsPermanent":true,"DeadlineTime":null,"AutoSnapshotPolicyId":null,
            "CreateTime":"2026-11-22T19:36:35+08:00","ModifyTime":"2026-11-22T19:36:35+08:00"}],
            "RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            listed);
        Assert.Equal(["夜_0", "夜_1"], members.EnumerateArray()
            .Select(one => one.GetProperty("SnapshotName").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rollback_brings_all_disks_back_and_a_deletion_takes_all_members()
    {
        await using var server = await RunningServer.StartAsync();
        string[] disks = [await server.NewDiskAsync(), await server.NewDiskAsync()];
        foreach (var diskId in disks)
            server.Write(diskId, 0, 1);
        var groupId = await NewGroupAsync(server, disks);
        foreach (var diskId in disks)
            server.Write(diskId, 0, 2);
        var pairs = string.Join(',', (await MembersAsync(server, groupId)).Zip(
            disks, (snapshotId, diskId) => $$"""{"SnapshotId":"{{snapshotId}}","DiskId":"{{diskId}}"}"""));

        await server.AssertRefusedAsync(
            "InvalidParameterValue", "AutoStopInstance", "ApplySnapshotGroup",
            $$"""{"SnapshotGroupId":"{{groupId}}","ApplyDisks":[{{pairs}}],"AutoStartInstance":true}""");
        await server.CallAsync(
            "ApplySnapshotGroup",
            $$"""{"SnapshotGroupId":"{{groupId}}","ApplyDisks":[{{pairs}}],"KeepSafetySnapshot":false}""");

        Assert.All(disks, diskId => Assert.Equal(1, server.Read(diskId, 0)));
        await server.CallAsync(
            "DeleteSnapshotGroup",
            $$"""{"SnapshotGroupId":"{{groupId}}","SnapshotGroupIds":["{{groupId}}"],"DeleteBindImages":true}""");
        Assert.Equal(0, (await server.CallAsync("DescribeSnapshots", "{}")).GetProperty("TotalCount").GetInt32());
        await server.AssertRefusedAsync(
            "InvalidSnapshotId.NotFound", groupId, "DeleteSnapshotGroup", $$"""{"SnapshotGroupIds":["{{groupId}}"]}""");
    }

    [Fact]
    public async Task Filters_and_pages_are_those_of_every_list()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        string[] groups = [await NewGroupAsync(server, diskId), await NewGroupAsync(server, diskId)];
        var member = (await MembersAsync(server, groups[0]))[0];

        var byMember = await server.CallAsync(
            "DescribeSnapshotGroups", $$"""{"Filters":[{"Name":"snapshot-id","Values":["{{member}}"]}]}""");
        var page = await server.CallAsync("DescribeSnapshotGroups", """{"Limit":1,"Offset":5}""");

        Assert.Equal(groups[0], byMember.GetProperty("SnapshotGroupSet")[0].GetProperty("SnapshotGroupId").GetString());
        Assert.Equal((2, 0), (
            page.GetProperty("TotalCount").GetInt32(), page.GetProperty("SnapshotGroupSet").GetArrayLength()));
        await server.AssertRefusedAsync(
            "InvalidFilter", "disk-id", "DescribeSnapshotGroups",
            """{"Filters":[{"Name":"disk-id","Values":["disk-1"]}]}""");
    }

    [Theory]
    [InlineData("CreateSnapshotGroup", "{}", "MissingParameter", "DiskIds")]
    [InlineData("CreateSnapshotGroup", """{"DiskIds":["disk-00000000"]}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("ApplySnapshotGroup", "{}", "MissingParameter", "SnapshotGroupId")]
    [InlineData("ApplySnapshotGroup", """{"SnapshotGroupId":"csnap-00000000"}""", "MissingParameter", "ApplyDisks")]
    [InlineData(
        "ApplySnapshotGroup",
        """{"SnapshotGroupId":"csnap-00000000","ApplyDisks":[{"SnapshotId":"snap-00000000"}]}""",
        "MissingParameter",
        "DiskId")]
    [InlineData(
        "ApplySnapshotGroup",
        """
        {"SnapshotGroupId":"csnap-00000000","ApplyDisks":[{"SnapshotId":"snap-00000000","DiskId":"disk-00000000"}]}
        """,
        "InvalidSnapshotId.NotFound",
        "csnap-00000000")]
    [InlineData("DeleteSnapshotGroup", "{}", "MissingParameter", "SnapshotGroupId")]
    [InlineData("DeleteSnapshotGroup", """{"SnapshotGroupId":"g"}""", "InvalidParameterValue", "csnap-")]
    [InlineData("DescribeSnapshotGroups", """{"Limit":101}""", "InvalidParameterValue", "Limit")]
    public async Task Wrong_requests_are_refused_by_name(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
    }

    private static async Task<string> NewGroupAsync(RunningServer server, params string[] diskIds)
    {
        var body = $$"""{"DiskIds":{{JsonSerializer.Serialize(diskIds)}},"SnapshotGroupName":"夜"}""";
        return (await server.CallAsync("CreateSnapshotGroup", body)).GetProperty("SnapshotGroupId").GetString()!;
    }

    private static async Task<List<string?>> MembersAsync(RunningServer server, string groupId)
    {
        var page = await server.CallAsync(
            "DescribeSnapshotGroups", $$"""{"Filters":[{"Name":"snapshot-group-id","Values":["{{groupId}}"]}]}""");
        return [.. page.GetProperty("SnapshotGroupSet")[0].GetProperty("SnapshotIdSet").EnumerateArray()
            .Select(id => id.GetString())];
    }
}
