using System.Text.Json;
using Tidemark.Disks;
using Tidemark.Nbd;

namespace Tidemark.Api.Tests.Server;

public sealed class SnapshotActionTests
{
    [Fact]
    public async Task A_new_snapshot_is_listed_at_once_with_every_member()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        var snapshotId = await server.NewSnapshotAsync(diskId, ""","SnapshotName":"夜" """);
        var listed = await server.SendAsync("DescribeSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"],"Offset":0}""");

        Assert.Matches("^snap-[a-z0-9]{8}$", snapshotId);
        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":1,"SnapshotSet":[{"SnapshotId":"{{{snapshotId}}}","SnapshotName":"夜",
            "SnapshotState":"NORMAL","Percent":100,"DiskId":"{{{diskId}}}","DiskSize":1,"DiskUsage":"DATA_DISK",
            "Placement":{"Zone":"local-1","ProjectId":0,"ProjectName":"","CageId":"","CdcId":"","CdcName":"",
            "DedicatedClusterId":""},"Encrypt":false,"IsPermanent":true,"DeadlineTime":"",
            "CreateTime":"2026-11-22 19:36:35","LatestModifyTime":"2026-11-22T19:36:35+08:00",
            "SnapshotType":"PRIVATE_SNAPSHOT","SnapshotMode":"INSTANT_SNAPSHOT","ShareReference":0,
            "TimeStartShare":"","CopyFromRemote":false,"CopyingToRegions":[],"Images":[],"ImageCount":0,
            "IsLocked":false,"AutoSnapshotPolicyId":"","Tags":[],"Origin":"manual","Consistency":"crash",
            "SnapshotGroupId":"","CopySourceId":"","DeletedTime":""}],"RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            listed);
        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal(1, disk.GetProperty("SnapshotCount").GetInt32());
    }

    [Fact]
    public async Task A_deadline_makes_a_snapshot_temporary()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        await server.NewSnapshotAsync(diskId, ""","Deadline":"2026-11-30T00:00:00+00:00" """);
        var snapshot = (await server.CallAsync("DescribeSnapshots", "{}")).GetProperty("SnapshotSet")[0];

        Assert.False(snapshot.GetProperty("IsPermanent").GetBoolean());
        Assert.Equal("2026-11-30 08:00:00", snapshot.GetProperty("DeadlineTime").GetString());
        await server.AssertRefusedAsync(
            "InvalidParameterValue",
            "Deadline",
            "CreateSnapshot",
            $$"""{"DiskId":"{{diskId}}","Deadline":"2026-11-22T13:00:00Z"}""");
    }

    [Fact]
    public async Task A_rollback_brings_the_bytes_back_and_keeps_newer_snapshots()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 1);
        var older = await server.NewSnapshotAsync(diskId);
        server.Write(diskId, 0, 2);
        var newer = await server.NewSnapshotAsync(diskId);
        server.Write(diskId, 0, 3);

        await server.CallAsync("ApplySnapshot", $$"""{"SnapshotId":"{{older}}","DiskId":"{{diskId}}"}""");
        Assert.Equal(1, server.Read(diskId, 0));
        await server.CallAsync(
            "ApplySnapshot", $$"""{"SnapshotId":"{{newer}}","DiskId":"{{diskId}}","AutoStopInstance":false}""");

        Assert.Equal(2, server.Read(diskId, 0));
    }

    [Fact]
    public async Task A_new_disk_from_a_snapshot_holds_its_bytes_and_names_it()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync(2);
        server.Write(diskId, 4096, 7);
        var snapshotId = await server.NewSnapshotAsync(diskId);
        server.Write(diskId, 4096, 8);

        var created = await server.CallAsync("CreateDisks", $$"""
            {"Placement":{"Zone":"local-2"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_HSSD",
            "SnapshotId":"{{snapshotId}}"}
            """);

        var cloneId = created.GetProperty("DiskIdSet")[0].GetString()!;
        Assert.Equal(7, server.Read(cloneId, 4096));
        var page = await server.CallAsync("DescribeDisks", $$"""{"DiskIds":["{{cloneId}}"]}""");
        var clone = page.GetProperty("DiskSet")[0];
        Assert.Equal(2, clone.GetProperty("DiskSize").GetInt32());
        Assert.Equal(snapshotId, clone.GetProperty("SourceSnapshotId").GetString());
    }

    [Fact]
    public async Task Snapshots_are_deleted_all_or_none()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var snapshotId = await server.NewSnapshotAsync(diskId);

        await server.AssertRefusedAsync(
            "InvalidSnapshotId.NotFound",
            "snap-00000000",
            "DeleteSnapshots",
            $$"""{"SnapshotIds":["{{snapshotId}}","snap-00000000"]}""");
        Assert.Equal(1, (await server.CallAsync("DescribeSnapshots", "{}")).GetProperty("TotalCount").GetInt32());
        await server.CallAsync("DeleteSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"],"DeleteBindImages":true}""");

        Assert.Equal(0, (await server.CallAsync("DescribeSnapshots", "{}")).GetProperty("TotalCount").GetInt32());
    }

    [Fact]
    public async Task A_connected_client_holds_rollback_and_termination_off_until_it_is_disconnected()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var snapshotId = await server.NewSnapshotAsync(diskId);
        var export = server.Domain.Exports.Open(diskId, new ClientIdentity(1, "127.0.0.1:1", null, false), out _);
        Assert.NotNull(export);
        server.Domain.Clients.Disconnect = _ => export.Dispose();

        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal(1, disk.GetProperty("ClientCount").GetInt32());
        await server.AssertRefusedAsync(
            "UnsupportedOperation.StateError",
            diskId,
            "ApplySnapshot",
            $$"""{"SnapshotId":"{{snapshotId}}","DiskId":"{{diskId}}"}""");
        await server.AssertRefusedAsync(
            "UnsupportedOperation.StateError", diskId, "TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
        await server.CallAsync(
            "ApplySnapshot", $$"""{"SnapshotId":"{{snapshotId}}","DiskId":"{{diskId}}","DisconnectClients":true}""");

        await server.CallAsync("TerminateDisks", $$"""{"DiskIds":["{{diskId}}"],"DisconnectClients":"True"}""");
    }

    [Fact]
    public async Task The_quota_counts_disks_and_snapshots()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        for (var i = 0; i < 128; i++)
            await server.NewSnapshotAsync(diskId);

        await server.AssertRefusedAsync(
            "InsufficientSnapshotQuota", "128", "CreateSnapshot", $$"""{"DiskId":"{{diskId}}"}""");
    }

    [Theory]
    [InlineData("CreateSnapshot", """{"DiskId":"disk-00000000"}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("CreateSnapshot", """{"DiskId":"OWN","DiskUsage":"SWAP"}""", "InvalidParameterValue", "DiskUsage")]
    [InlineData("ApplySnapshot", """{"DiskId":"OWN","SnapshotId":"snap-00000000"}""", "InvalidSnapshotId.NotFound", "")]
    [InlineData("ApplySnapshot", """{"DiskId":"OTHER","SnapshotId":"SNAP"}""", "InvalidSnapshot.NotSupported", "OTHER")]
    [InlineData("ApplySnapshot", """{"DiskId":"disk-00000000","SnapshotId":"SNAP"}""", "InvalidDiskId.NotFound", "")]
    [InlineData("DeleteSnapshots", """{"SnapshotIds":["what"]}""", "InvalidParameterValue", "SnapshotIds")]
    [InlineData("DescribeSnapshots", """{"Filters":[{"Name":"mood","Values":["x"]}]}""", "InvalidFilter", "mood")]
    [InlineData("DescribeSnapshots", """{"Limit":500}""", "InvalidParameterValue", "Limit")]
    [InlineData("DescribeSnapshotSizes", """{"SnapshotIds":["snap-00000000"]}""", "InvalidSnapshotId.NotFound", "snap")]
    [InlineData("DescribeChangedBlocks", """{"SnapshotId":"snap-00000000"}""", "InvalidSnapshotId.NotFound", "snap")]
    [InlineData("DescribeChangedBlocks", """{"DiskId":"disk-00000000"}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData(
        "DescribeChangedBlocks", """{"DiskId":"OTHER","BaseSnapshotId":"SNAP"}""", "InvalidParameter", "common")]
    [InlineData(
        "DescribeChangedBlocks", """{"SnapshotId":"SNAP","StartOffset":100}""", "InvalidParameterValue", "StartOffset")]
    [InlineData(
        "DescribeChangedBlocks", """{"SnapshotId":"SNAP","BaseSnapshotId":"FOREIGN"}""", "InvalidParameter", "common")]
    public async Task Each_refusal_has_its_code(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();
        var own = await server.NewDiskAsync();
        var other = await server.NewDiskAsync();
        var snapshotId = await server.NewSnapshotAsync(own);
        var foreign = await server.NewSnapshotAsync(other);
        string Fill(string text) => text.Replace("OWN", own).Replace("OTHER", other).Replace("SNAP", snapshotId)
            .Replace("FOREIGN", foreign);

        await server.AssertRefusedAsync(code, Fill(named), action, Fill(body));
        Assert.Empty(server.Log.Errors);
    }
}
