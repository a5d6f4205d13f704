using System.Text.Json;
using Tidemark.Disks;

namespace Tidemark.Api.Tests.Server;

/// <summary>Changing, locking, restoring and reading snapshots; initializing and suspending disks.</summary>
public sealed class SnapshotChangeActionTests
{
    [Fact]
    public async Task A_snapshot_is_renamed_and_gets_and_loses_a_deadline()
    {
        await using var server = await RunningServer.StartAsync();
        var snapshotId = await server.NewSnapshotAsync(await server.NewDiskAsync());

        var answer = await server.SendAsync(
            "ModifySnapshotAttribute",
            $$"""
            {"SnapshotId":"{{snapshotId}}","SnapshotName":"n","IsPermanent":false,
            "Deadline":"2026-11-30T00:00:00+00:00"}
            """);
        var temporary = await DescribeAsync(server, snapshotId);
        await server.CallAsync(
            "ModifySnapshotAttribute", $$"""{"SnapshotId":"{{snapshotId}}","IsPermanent":"true"}""");
        var permanent = await DescribeAsync(server, snapshotId);

        Assert.Equal($$$"""{"Response":{"RequestId":"{{{RunningServer.RequestId}}}"}}""", answer);
        Assert.Equal("n", temporary.GetProperty("SnapshotName").GetString());
        Assert.Equal("2026-11-30 08:00:00", temporary.GetProperty("DeadlineTime").GetString());
        Assert.Equal("2026-11-22T19:36:35+08:00", temporary.GetProperty("LatestModifyTime").GetString());
        Assert.True(permanent.GetProperty("IsPermanent").GetBoolean());
        Assert.Equal("", permanent.GetProperty("DeadlineTime").GetString());
    }

    [Fact]
    public async Task A_locked_snapshot_is_neither_deleted_nor_changed()
    {
        await using var server = await RunningServer.StartAsync();
        var snapshotId = await server.NewSnapshotAsync(await server.NewDiskAsync());

        await server.CallAsync("LockSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
        Assert.True((await DescribeAsync(server, snapshotId)).GetProperty("IsLocked").GetBoolean());
        await server.AssertRefusedAsync(
            "InvalidSnapshot.NotSupported", "locked", "DeleteSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
        await server.AssertRefusedAsync(
            "InvalidSnapshot.NotSupported",
            "locked",
            "ModifySnapshotAttribute",
            $$"""{"SnapshotId":"{{snapshotId}}","SnapshotName":"x"}""");
        await server.CallAsync("UnlockSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");

        await server.CallAsync("DeleteSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
    }

    [Fact]
    public async Task A_deleted_snapshot_is_listed_apart_and_brought_back()
    {
        await using var server = await RunningServer.StartAsync(
            change: options => options with { KeepDeleted = TimeSpan.FromDays(1) });
        var snapshotId = await server.NewSnapshotAsync(await server.NewDiskAsync());

        await server.CallAsync("DeleteSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
        var present = await server.CallAsync("DescribeSnapshots", "{}");
        var deleted = await server.CallAsync("DescribeSnapshots", """{"ShowDeleted":true}""");
        await server.CallAsync("RestoreSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");

        Assert.Equal(0, present.GetProperty("TotalCount").GetInt32());
        Assert.Equal(
            "2026-11-22 19:36:35", deleted.GetProperty("SnapshotSet")[0].GetProperty("DeletedTime").GetString());
        Assert.Equal("", (await DescribeAsync(server, snapshotId)).GetProperty("DeletedTime").GetString());
    }

    [Fact]
    public async Task A_rollback_names_the_snapshot_of_what_it_replaced()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var snapshotId = await server.NewSnapshotAsync(diskId, ""","SnapshotName":"good" """);
        server.Write(diskId, 0, 2);
        var body = $$"""{"SnapshotId":"{{snapshotId}}","DiskId":"{{diskId}}"}""";

        var kept = (await server.CallAsync("ApplySnapshot", body)).GetProperty("SafetySnapshotId").GetString()!;
        var none = await server.CallAsync("ApplySnapshot", body.Replace("}", ",\"KeepSafetySnapshot\":false}"));
        var safety = await DescribeAsync(server, kept);
        await server.CallAsync("ApplySnapshot", $$"""{"SnapshotId":"{{kept}}","DiskId":"{{diskId}}"}""");

        Assert.Equal(2, server.Read(diskId, 0));
        Assert.Equal("", none.GetProperty("SafetySnapshotId").GetString());
        Assert.Equal("before rollback to good", safety.GetProperty("SnapshotName").GetString());
        Assert.Equal("safety", safety.GetProperty("Origin").GetString());
        Assert.Equal("2026-11-29 19:36:35", safety.GetProperty("DeadlineTime").GetString());
    }

    [Fact]
    public async Task An_initialized_disk_is_empty_and_what_it_held_is_kept()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 2);

        var answer = await server.CallAsync("InitializeDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
        Assert.Equal(0, server.Read(diskId, 0));
        var safetyId = answer.GetProperty("SafetySnapshotIdSet")[0].GetString();
        await server.CallAsync("ApplySnapshot", $$"""{"SnapshotId":"{{safetyId}}","DiskId":"{{diskId}}"}""");

        Assert.Equal(2, server.Read(diskId, 0));
    }

    [Fact]
    public async Task Blocks_come_with_checksums_and_zeros_without()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 4096, 7);
        var snapshotId = await server.NewSnapshotAsync(diskId);

        var answer = await server.CallAsync(
            "ReadSnapshotBlocks", $$"""{"SnapshotId":"{{snapshotId}}","Offset":0,"Length":8192}""");

        var data = Convert.ToBase64String(Enumerable.Repeat((byte)7, 4096).ToArray());
        Assert.Equal(
            """[{"Offset":0,"LengthBytes":4096,"IsZero":true,"Data":"","Crc32C":""},"""
                + $$"""{"Offset":4096,"LengthBytes":4096,"IsZero":false,"Data":"{{data}}","""
                + $"\"Crc32C\":\"{CrcOfSevens()}\"}}]",
            answer.GetProperty("BlockSet").GetRawText());
    }

    [Fact]
    public async Task A_disk_is_suspended_and_resumed()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();

        var suspended = await server.CallAsync("SuspendDiskIo", $$"""{"DiskId":"{{diskId}}","Seconds":60}""");
        var resumed = await server.CallAsync("ResumeDiskIo", $$"""{"DiskId":"{{diskId}}"}""");
        var again = await server.CallAsync("ResumeDiskIo", $$"""{"DiskId":"{{diskId}}"}""");

        Assert.Equal("2026-11-22T11:37:35.000Z", suspended.GetProperty("EndTime").GetString());
        Assert.True(resumed.GetProperty("WasSuspended").GetBoolean());
        Assert.False(again.GetProperty("WasSuspended").GetBoolean());
    }

    [Theory]
    [InlineData("ModifySnapshotAttribute", "{}", "MissingParameter", "SnapshotId")]
    [InlineData("ModifySnapshotAttribute", """{"SnapshotId":"SNAP"}""", "MissingParameter", "SnapshotName")]
    [InlineData(
        "ModifySnapshotAttribute",
        """{"SnapshotId":"snap-00000000","SnapshotName":"x"}""",
        "InvalidSnapshotId.NotFound",
        "snap-00000000")]
    [InlineData(
        "ModifySnapshotAttribute",
        """{"SnapshotId":"SNAP","Deadline":"2026-11-22T13:00:00Z"}""",
        "InvalidParameterValue",
        "Deadline")]
    [InlineData(
        "ModifySnapshotAttribute", """{"SnapshotId":"SNAP","Deadline":"soon"}""", "InvalidParameterValue", "ISO-8601")]
    [InlineData("LockSnapshots", """{"SnapshotIds":["snap-00000000"]}""", "InvalidSnapshotId.NotFound", "snap")]
    [InlineData("UnlockSnapshots", "{}", "MissingParameter", "SnapshotIds")]
    [InlineData("RestoreSnapshots", """{"SnapshotIds":["SNAP"]}""", "InvalidSnapshotId.NotFound", "SNAP")]
    [InlineData("InitializeDisks", """{"DiskIds":["disk-00000000"]}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("InitializeDisks", "{}", "MissingParameter", "DiskIds")]
    [InlineData(
        "ReadSnapshotBlocks", """{"SnapshotId":"SNAP","Length":4097}""", "InvalidParameterValue", "Length")]
    [InlineData(
        "ReadSnapshotBlocks", """{"SnapshotId":"SNAP","Offset":1073741824,"Length":4096}""", "InvalidParameterValue",
        "Offset")]
    [InlineData("SuspendDiskIo", """{"DiskId":"DISK","Seconds":61}""", "InvalidParameterValue", "Seconds")]
    [InlineData("SuspendDiskIo", """{"DiskId":"disk-00000000"}""", "InvalidDiskId.NotFound", "disk-00000000")]
    [InlineData("ResumeDiskIo", "{}", "MissingParameter", "DiskId")]
    public async Task Each_refusal_has_its_code(string action, string body, string code, string named)
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        var snapshotId = await server.NewSnapshotAsync(diskId);
        string Fill(string text) => text.Replace("SNAP", snapshotId).Replace("DISK", diskId);

        await server.AssertRefusedAsync(code, Fill(named), action, Fill(body));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task Too_many_disks_are_not_initialized()
    {
        await using var server = await RunningServer.StartAsync();
        var ids = string.Join(',', Enumerable.Range(0, 21).Select(number => $"\"disk-{number:D8}\""));

        await server.AssertRefusedAsync(
            ErrorCode.TooManyValues, "21", "InitializeDisks", $$"""{"DiskIds":[{{ids}}]}""");
    }

    // Bit by bit, as the checksum is defined.
    private static string CrcOfSevens()
    {
        const uint reversedPolynomial = 0x82F63B78;
        var checksum = uint.MaxValue;
        for (var index = 0; index < 4096; index++)
        {
            checksum ^= 7;
            for (var bit = 0; bit < 8; bit++)
                checksum = (checksum & 1) == 0 ? checksum >> 1 : (checksum >> 1) ^ reversedPolynomial;
        }

        return (~checksum).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<JsonElement> DescribeAsync(RunningServer server, string snapshotId)
    {
        var page = await server.CallAsync("DescribeSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
        return page.GetProperty("SnapshotSet")[0];
    }
}
