namespace Tidemark.Api.Tests.Server;

public sealed class BackupActionTests
{
    [Fact]
    public async Task A_new_backup_point_is_listed_at_once_with_every_member()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server, 2);

        var backupId = await NewBackupAsync(server, diskId);
        var listed = await server.SendAsync("DescribeDiskBackups", $$"""{"DiskBackupIds":["{{backupId}}"]}""");

        Assert.Equal(
            $$$"""
            {"Response":{"TotalCount":1,"DiskBackupSet":[{"DiskBackupId":"{{{backupId}}}","DiskBackupName":"夜",
            "DiskBackupState":"NORMAL","Percent":100,"DiskId":"{{{diskId}}}","DiskSize":1,"DiskUsage":"DATA_DISK",
            "Encrypt":false,"CreateTime":"2026-11-22T19:36:35+08:00"}],"RequestId":"{{{RunningServer.RequestId}}}"}}
            """.ReplaceLineEndings(""),
            listed);
        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal((2, 1), (
            disk.GetProperty("DiskBackupQuota").GetInt32(), disk.GetProperty("DiskBackupCount").GetInt32()));
    }

    [Fact]
    public async Task A_point_is_applied_turned_into_a_snapshot_and_deleted()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await NewDiskAsync(server, 2);
        server.Write(diskId, 0, 1);
        var first = await NewBackupAsync(server, diskId);
        server.Write(diskId, 0, 2);
        var second = await NewBackupAsync(server, diskId);
        await server.AssertRefusedAsync(
            "ResourceInsufficient.OverQuota", "2 of 2", "CreateDiskBackup", $$"""{"DiskId":"{{diskId}}"}""");

        await server.AssertRefusedAsync(
            "InvalidParameterValue", "AutoStopInstance", "ApplyDiskBackup",
            $$"""{"DiskBackupId":"{{first}}","DiskId":"{{diskId}}","AutoStartInstance":true}""");
        await server.CallAsync("ApplyDiskBackup", $$"""{"DiskBackupId":"{{first}}","DiskId":"{{diskId}}"}""");
        Assert.Equal(1, server.Read(diskId, 0));
        var disk = (await server.CallAsync("DescribeDisks", "{}")).GetProperty("DiskSet")[0];
        Assert.Equal((false, "UNATTACHED"), (
            disk.GetProperty("Rollbacking").GetBoolean(), disk.GetProperty("DiskState").GetString()));
        var created = await server.CallAsync(
            "CreateSnapshot", $$"""{"DiskBackupId":"{{second}}","SnapshotName":"kept"}""");
        var snapshotId = created.GetProperty("SnapshotId").GetString();
        await server.CallAsync("DeleteDiskBackups", $$"""{"DiskBackupIds":["{{first}}"]}""");

        Assert.Equal(0, (await server.CallAsync("DescribeDiskBackups", "{}")).GetProperty("TotalCount").GetInt32());
        await server.CallAsync("ApplySnapshot", $$"""{"SnapshotId":"{{snapshotId}}","DiskId":"{{diskId}}"}""");
        Assert.Equal(2, server.Read(diskId, 0));
        await server.CallAsync("ModifyDiskBackupQuota", $$"""{"DiskId":"{{diskId}}","DiskBackupQuota":0}""");
    }

    [Theory]
    [InlineData("CreateDiskBackup", "{}", "MissingParameter", "DiskId")]
    [InlineData("CreateDiskBackup", """{"DiskId":"disk-00000000"}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("ApplyDiskBackup", """{"DiskId":"disk-00000000"}""", "MissingParameter", "DiskBackupId")]
    [InlineData("DeleteDiskBackups", "{}", "MissingParameter", "DiskBackupIds")]
    [InlineData(
        "DeleteDiskBackups", """{"DiskBackupIds":["dbp-00000000"]}""", "ResourceNotFound.NotFound", "dbp-00000000")]
    [InlineData("DescribeDiskBackups", """{"Filters":[{"Name":"zone","Values":["z"]}]}""", "InvalidFilter", "zone")]
    [InlineData(
        "DescribeDiskBackups",
        """{"DiskBackupIds":["dbp-00000000"],"Filters":[{"Name":"disk-id","Values":["z"]}]}""",
        "InvalidParameter",
        "together")]
    [InlineData("ModifyDiskBackupQuota", """{"DiskId":"disk-00000000"}""", "MissingParameter", "DiskBackupQuota")]
    [InlineData(
        "ModifyDiskBackupQuota",
        """{"DiskId":"disk-00000000","DiskBackupQuota":1025}""",
        "InvalidParameterValue",
        "1024")]
    [InlineData(
        "CreateSnapshot", """{"DiskBackupId":"dbp-00000000"}""", "ResourceNotFound.NotFound", "dbp-00000000")]
    public async Task Wrong_requests_are_refused_by_name(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();

        await server.AssertRefusedAsync(code, named, action, body);
    }

    private static async Task<string> NewDiskAsync(RunningServer server, int backupQuota)
    {
        var diskId = await server.NewDiskAsync();
        await server.CallAsync(
            "ModifyDiskBackupQuota", $$"""{"DiskId":"{{diskId}}","DiskBackupQuota":{{backupQuota}}}""");
        return diskId;
    }

    private static async Task<string> NewBackupAsync(RunningServer server, string diskId)
    {
        var created = await server.CallAsync(
            "CreateDiskBackup", $$"""{"DiskId":"{{diskId}}","DiskBackupName":"夜"}""");
        return created.GetProperty("DiskBackupId").GetString()!;
    }
}
