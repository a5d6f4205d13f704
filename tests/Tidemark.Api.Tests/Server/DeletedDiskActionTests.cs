namespace Tidemark.Api.Tests.Server;

public sealed class DeletedDiskActionTests
{
    [Fact]
    public async Task A_terminated_disk_is_listed_apart_and_comes_back()
    {
        await using var server = await RunningServer.StartAsync(
            change: options => options with { KeepDeleted = TimeSpan.FromDays(1) });
        var diskId = await server.NewDiskAsync(3, ""","DiskName":"db","Tags":[{"Key":"k","Value":"v"}]""");
        server.Write(diskId, 0, 4);

        await server.CallAsync("TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
        Assert.Equal(0, (await server.CallAsync("DescribeDisks", "{}")).GetProperty("TotalCount").GetInt32());
        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":1,"DiskSet":[{"DiskId":"{{{diskId}}}","DiskName":"db","DiskType":"CLOUD_SSD",
            "DiskSize":3,"DiskState":"UNATTACHED","DiskChargeType":"POSTPAID_BY_HOUR","Placement":{"Zone":"local-1",
            "ProjectId":0,"ProjectName":"","CageId":"","CdcId":"","CdcName":"","DedicatedClusterId":""},
            "Tags":[{"Key":"k","Value":"v"}],"SnapshotCount":0,"CreateTime":"2026-11-22 19:36:35",
            "DeletedTime":"2026-11-22T11:36:35.000Z","DestroyTime":"2026-11-23T11:36:35.000Z"}],
            "RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            await server.SendAsync("DescribeDeletedDisks", "{}"));
        await server.AssertRefusedAsync(
            "InvalidDiskId.NotFound", diskId, "TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
        await server.CallAsync("RestoreDisks", $$"""{"DiskIds":["{{diskId}}"]}""");

        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal(diskId, disk.GetProperty("DiskId").GetString());
        Assert.Equal(4, server.Read(diskId, 0));
        await server.AssertRefusedAsync(
            "InvalidDiskId.NotFound", diskId, "RestoreDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
    }

    [Fact]
    public async Task Without_a_window_nothing_is_kept()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        await server.CallAsync("TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");

        Assert.Equal(0, (await server.CallAsync("DescribeDeletedDisks", "{}")).GetProperty("TotalCount").GetInt32());
        await server.AssertRefusedAsync("MissingParameter", "DiskIds", "RestoreDisks", "{}");
        await server.AssertRefusedAsync(
            "InvalidParameterValue", "DiskIds", "RestoreDisks", """{"DiskIds":["disk-1"]}""");
    }
}
