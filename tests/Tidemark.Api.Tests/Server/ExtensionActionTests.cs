namespace Tidemark.Api.Tests.Server;

public sealed class ExtensionActionTests
{
    [Fact]
    public async Task The_server_describes_itself()
    {
        await using var server = await RunningServer.StartAsync();
        await server.NewSnapshotAsync(await server.NewDiskAsync());

        var described = await server.CallAsync("DescribeServer", "{}");

        Assert.Matches(@"^\d+\.\d+\.\d+", described.GetProperty("Version").GetString());
        Assert.Equal("local", described.GetProperty("Region").GetString());
        Assert.Equal("""["local-1","local-2"]""", described.GetProperty("Zones").GetRawText());
        Assert.Equal("""["tcp:127.0.0.1:10809"]""", described.GetProperty("NbdAddresses").GetRawText());
        Assert.Equal("2026-11-22T11:36:35.000Z", described.GetProperty("ServerTime").GetString());
        Assert.Equal(1, described.GetProperty("DiskCount").GetInt32());
        Assert.Equal(1, described.GetProperty("SnapshotCount").GetInt32());
        Assert.Equal(128, described.GetProperty("SnapshotCountMax").GetInt32());
        Assert.True(described.GetProperty("LayerCount").GetInt32() >= 2);
    }

    [Fact]
    public async Task Sizes_and_changes_are_exact_to_the_block()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 1, 8 * 4096);
        var first = await server.NewSnapshotAsync(diskId);
        server.Write(diskId, 4096, 2, 4096);
        server.Write(diskId, 1 << 20, 3, 2 * 4096);
        var second = await server.NewSnapshotAsync(diskId);

        var sizes = await server.CallAsync(
            "DescribeSnapshotSizes", $$"""{"SnapshotIds":["{{second}}","{{first}}"]}""");
        var changes = await server.CallAsync(
            "DescribeChangedBlocks", $$"""{"SnapshotId":"{{second}}","BaseSnapshotId":"{{first}}"}""");

        var newer = sizes.GetProperty("SnapshotSizeSet")[0];
        Assert.Equal(second, newer.GetProperty("SnapshotId").GetString());
        Assert.Equal(3 * 4096, newer.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(10 * 4096, newer.GetProperty("ReferencedBytes").GetInt64());
        Assert.Equal(4096, sizes.GetProperty("FreedIfDeletedBytes").GetInt64());
        Assert.Equal(
            """[{"Offset":4096,"LengthBytes":4096,"IsData":true},"""
                + """{"Offset":1048576,"LengthBytes":8192,"IsData":true}]""",
            changes.GetProperty("ChangedBlockSet").GetRawText());
        Assert.Equal(1L << 30, changes.GetProperty("DiskSizeBytes").GetInt64());
    }

    [Fact]
    public async Task Changes_of_a_disk_have_what_was_written_a_moment_ago()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 1, 8 * 4096);
        var snapshotId = await server.NewSnapshotAsync(diskId);
        server.Write(diskId, 4096, 2, 4096);

        var since = await server.CallAsync(
            "DescribeChangedBlocks", $$"""{"DiskId":"{{diskId}}","BaseSnapshotId":"{{snapshotId}}"}""");
        var held = await server.CallAsync("DescribeChangedBlocks", $$"""{"DiskId":"{{diskId}}"}""");

        Assert.Equal(
            """[{"Offset":4096,"LengthBytes":4096,"IsData":true}]""",
            since.GetProperty("ChangedBlockSet").GetRawText());
        Assert.Equal(
            """[{"Offset":0,"LengthBytes":32768,"IsData":true}]""", held.GetProperty("ChangedBlockSet").GetRawText());
        Assert.Equal(1L << 30, since.GetProperty("DiskSizeBytes").GetInt64());
    }

    [Fact]
    public async Task Changed_blocks_come_in_pages()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        for (var i = 0; i < 5; i++)
            server.Write(diskId, i * 65536L, 1);
        var snapshotId = await server.NewSnapshotAsync(diskId);
        var offsets = new List<long>();
        long? next = 0;
        while (next is { } start)
        {
            var page = await server.CallAsync(
                "DescribeChangedBlocks",
                $$"""{"SnapshotId":"{{snapshotId}}","MaxResults":2,"StartOffset":{{start}}}""");
            offsets.AddRange(page.GetProperty("ChangedBlockSet").EnumerateArray()
                .Select(extent => extent.GetProperty("Offset").GetInt64()));
            var following = page.GetProperty("NextOffset");
            next = following.ValueKind == System.Text.Json.JsonValueKind.Null ? null : following.GetInt64();
        }

        Assert.Equal([0, 65536, 131072, 196608, 262144], offsets);
    }

    [Fact]
    public async Task A_check_runs_as_a_job_and_reports()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 1, 65536);
        await server.NewSnapshotAsync(diskId);

        var jobId = (await server.CallAsync("StartCheck", "{}")).GetProperty("JobId").GetString();
        var job = await server.CallAsync("DescribeJobs", $$"""{"JobIds":["{{jobId}}"]}""");
        for (var poll = 0; State() == "RUNNING" && poll < 10_000; poll++)
            job = await server.CallAsync("DescribeJobs", $$"""{"JobIds":["{{jobId}}"]}""");

        Assert.Equal("SUCCESS", State());
        var ended = job.GetProperty("JobSet")[0];
        Assert.Equal("CHECK_STORE", ended.GetProperty("JobType").GetString());
        Assert.Equal("[]", ended.GetProperty("Report").GetProperty("Problems").GetRawText());
        Assert.Equal(16, ended.GetProperty("Report").GetProperty("BlocksVerified").GetInt64());
        var none = await server.CallAsync("DescribeJobs", """{"JobIds":["job-x"]}""");
        Assert.Equal(0, none.GetProperty("TotalCount").GetInt32());

        string? State() => job.GetProperty("JobSet")[0].GetProperty("JobState").GetString();
    }

    [Fact]
    public async Task Events_tell_what_was_done_and_what_was_refused()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        await server.AssertRefusedAsync(
            "InvalidParameterValue", "DiskSize", "ResizeDisk", $$"""{"DiskId":"{{diskId}}","DiskSize":1}""");

        var page = await server.CallAsync("DescribeEvents", $$"""{"ResourceId":"{{diskId}}"}""");
        var all = page.GetProperty("EventSet");
        var oldest = await server.CallAsync(
            "DescribeEvents", $$"""{"BeforeEventId":{{all[0].GetProperty("EventId")}},"Limit":1}""");

        Assert.Equal(
            ["ResizeDisk InvalidParameterValue", "CreateDisks Success"],
            all.EnumerateArray().Select(e => $"{e.GetProperty("Action")} {e.GetProperty("Result")}"));
        Assert.Equal(TestSigner.KnownId, all[0].GetProperty("Actor").GetString());
        Assert.Equal("127.0.0.1", all[0].GetProperty("SourceAddress").GetString());
        Assert.Equal(RunningServer.RequestId, all[0].GetProperty("RequestId").GetString());
        Assert.Equal("CreateDisks", oldest.GetProperty("EventSet")[0].GetProperty("Action").GetString());
    }
}
