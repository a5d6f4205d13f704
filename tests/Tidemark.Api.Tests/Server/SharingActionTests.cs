namespace Tidemark.Api.Tests.Server;

public sealed class SharingActionTests
{
    [Fact]
    public async Task Nobody_is_shared_with_at_first_and_an_empty_list_is_cancelled()
    {
        await using var server = await RunningServer.StartAsync();
        var snapshotId = await server.NewSnapshotAsync(await server.NewDiskAsync());

        await server.CallAsync(
            "ModifySnapshotsSharePermission",
            $$"""{"SnapshotIds":["{{snapshotId}}"],"AccountIds":[],"Permission":"CANCEL"}""");
        await server.CallAsync(
            "ModifySnapshotsSharePermission", $$"""{"SnapshotIds":["{{snapshotId}}"],"Permission":"CANCEL"}""");
        var listed = await server.SendAsync("DescribeSnapshotSharePermission", $$"""{"SnapshotId":"{{snapshotId}}"}""");

        Assert.Equal(
            $$$"""{"Response":{"SharePermissionSet":[],"RequestId":"{{{RunningServer.RequestId}}}"}}""", listed);
    }

    [Fact]
    public async Task A_copy_is_a_snapshot_of_the_other_region()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 9);
        var snapshotId = await server.NewSnapshotAsync(diskId);

        var rows = (await server.CallAsync(
            "CopySnapshotCrossRegions",
            $$"""{"SnapshotId":"{{snapshotId}}","DestinationRegions":["faraway","nowhere"]}"""))
            .GetProperty("SnapshotCopyResultSet");
        var copyId = rows[0].GetProperty("SnapshotId").GetString();

        Assert.Equal(
            $$"""{"SnapshotId":"{{copyId}}","Message":"","Code":"Success","DestinationRegion":"faraway"}""",
            rows[0].GetRawText());
        Assert.Equal("InvalidParameterValue", rows[1].GetProperty("Code").GetString());
        Assert.Contains("nowhere", rows[1].GetProperty("Message").GetString());
        server.Region = "faraway";
        Assert.Equal("COPYING_FROM_REMOTE", await StateAsync(server, copyId));
        server.Domain.Copies.Advance();
        server.Domain.Copies.Advance();
        Assert.Equal("NORMAL", await StateAsync(server, copyId));
        var created = await server.CallAsync("CreateDisks", $$"""
            {"Placement":{"Zone":"faraway-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD",
            "SnapshotId":"{{copyId}}"}
            """);
        Assert.Equal(9, server.Read(created.GetProperty("DiskIdSet")[0].GetString()!, 0));
        server.Region = "local";
        Assert.Equal(1, (await server.CallAsync("DescribeSnapshots", "{}")).GetProperty("TotalCount").GetInt32());
    }

    [Theory]
    [InlineData("ModifySnapshotsSharePermission", "{}", "MissingParameter", "SnapshotIds")]
    [InlineData(
        "ModifySnapshotsSharePermission", """{"SnapshotIds":["snap-00000000"]}""", "MissingParameter", "Permission")]
    [InlineData(
        "ModifySnapshotsSharePermission",
        """{"SnapshotIds":["snap-00000000"],"AccountIds":["1"],"Permission":"GIVE"}""",
        "InvalidParameterValue",
        "Permission")]
    [InlineData(
        "ModifySnapshotsSharePermission",
        """{"SnapshotIds":["snap-00000000"],"AccountIds":["100000000002"],"Permission":"SHARE"}""",
        "InvalidSnapshotId.NotFound",
        "snap-00000000")]
    [InlineData("DescribeSnapshotSharePermission", "{}", "MissingParameter", "SnapshotId")]
    [InlineData(
        "DescribeSnapshotSharePermission",
        """{"SnapshotId":"snap-00000000"}""",
        "InvalidSnapshotId.NotFound",
        "snap-00000000")]
    [InlineData("CopySnapshotCrossRegions", "{}", "MissingParameter", "SnapshotId")]
    [InlineData(
        "CopySnapshotCrossRegions", """{"SnapshotId":"snap-00000000"}""", "MissingParameter", "DestinationRegions")]
    [InlineData(
        "CopySnapshotCrossRegions",
        """{"SnapshotId":"snap-00000000","DestinationRegions":["faraway"]}""",
        "InvalidSnapshotId.NotFound",
        "snap-00000000")]
    public async Task Wrong_requests_are_refused_by_name(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
    }

    private static async Task<string?> StateAsync(RunningServer server, string? snapshotId)
    {
        var page = await server.CallAsync("DescribeSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
        return page.GetProperty("SnapshotSet")[0].GetProperty("SnapshotState").GetString();
    }
}
