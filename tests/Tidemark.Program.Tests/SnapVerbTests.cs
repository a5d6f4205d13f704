using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class SnapVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task A_snapshot_is_listed_under_its_disk()
    {
        var disk = await server.CreateDiskAsync("listed");
        var first = await server.SnapshotAsync("listed", "one");
        var second = await server.SnapshotAsync("listed", "two");

        var listed = (await server.RunAsync("snap", "ls", "listed", "-o", "json")).Json().EnumerateArray().ToList();

        Assert.Equal([first, second], listed.Select(item => item.GetProperty("SnapshotId").GetString()));
        Assert.All(listed, item => Assert.Equal(disk, item.GetProperty("DiskId").GetString()));
        Assert.All(listed, item => Assert.Equal(100, item.GetProperty("Percent").GetInt64()));
    }

    [Fact]
    public async Task A_rollback_brings_back_the_bytes_and_keeps_newer_snapshots()
    {
        await server.CreateDiskAsync("back");
        server.Write("back", 0, 1, MiB);
        await server.SnapshotAsync("back", "good");
        server.Write("back", 0, 2, MiB);
        var newer = await server.SnapshotAsync("back", "newer");

        var result = await server.RunAsync("snap", "rollback", "back", "good");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.All(server.Read("back", 0, MiB), value => Assert.Equal(1, value));
        Assert.All(server.Read(newer, 0, MiB), value => Assert.Equal(2, value));
    }

    [Fact]
    public async Task A_rollback_under_a_client_needs_force()
    {
        await server.CreateDiskAsync("busy");
        await server.SnapshotAsync("busy", "calm");
        using var client = server.Connect("busy");

        var refused = await server.RunAsync("snap", "rollback", "busy", "calm");
        var forced = await server.RunAsync("snap", "rollback", "busy", "calm", "--force");

        Assert.Equal(ExitCode.Conflict, refused.ExitCode);
        Assert.Equal(ExitCode.Done, forced.ExitCode);
    }

    [Fact]
    public async Task Snapshots_are_deleted_in_any_order_all_or_none()
    {
        await server.CreateDiskAsync("many");
        var first = await server.SnapshotAsync("many", "1");
        var second = await server.SnapshotAsync("many", "2");
        var third = await server.SnapshotAsync("many", "3");

        var refused = await server.RunAsync("snap", "rm", second, "snap-zzzzzzzz");
        var done = await server.RunAsync("snap", "rm", third, first, "-o", "json");
        var left = (await server.RunAsync("snap", "ls", "many", "-o", "json")).Json().EnumerateArray();

        Assert.Equal(ExitCode.NotFound, refused.ExitCode);
        Assert.Equal(ExitCode.Done, done.ExitCode);
        Assert.Equal([second], left.Select(item => item.GetProperty("SnapshotId").GetString()));
    }

    [Fact]
    public async Task A_diff_names_exactly_what_was_written_and_trimmed()
    {
        await server.CreateDiskAsync("diff");
        server.Write("diff", 0, 1, 8 * MiB);
        await server.SnapshotAsync("diff", "before");
        server.Write("diff", 2 * MiB, 2, 4096);
        using (var disk = server.Connect("diff"))
        {
            disk.Trim(4 * MiB, 8192);
            disk.Disconnect();
        }

        await server.SnapshotAsync("diff", "after");

        var diff = (await server.RunAsync("diff", "diff@before", "diff@after", "--json")).Json();
        var summary = (await server.RunAsync("diff", "diff@before", "diff@after", "--summary", "-o", "json")).Json();

        Assert.Equal(
            [(2L * MiB, 4096L, true), (4L * MiB, 8192L, false)],
            diff.GetProperty("ChangedBlockSet").EnumerateArray().Select(extent => (
                extent.GetProperty("Offset").GetInt64(),
                extent.GetProperty("LengthBytes").GetInt64(),
                extent.GetProperty("IsData").GetBoolean())));
        Assert.Equal(12288, summary.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(4096, summary.GetProperty("DataBytes").GetInt64());
    }

    [Fact]
    public async Task A_diff_with_a_disk_has_what_was_written_a_moment_ago()
    {
        await server.CreateDiskAsync("live");
        server.Write("live", 0, 1, 8 * MiB);
        await server.SnapshotAsync("live", "base");
        server.Write("live", 2 * MiB, 2, 4096);

        var one = (await server.RunAsync("diff", "base", "live", "--summary", "--json")).Json();
        server.Write("live", 3 * MiB, 2, 8192);
        var two = (await server.RunAsync("diff", "base", "live", "--summary", "--json")).Json();
        await server.SnapshotAsync("live", "live");
        var ambiguous = await server.RunAsync("diff", "base", "live");
        var missing = await server.RunAsync("diff", "base", "nothing");

        Assert.Equal(4096, one.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(12288, two.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(ExitCode.Conflict, ambiguous.ExitCode);
        Assert.Equal(ExitCode.NotFound, missing.ExitCode);
    }

    [Fact]
    public async Task A_snapshot_tells_programs_its_sizes()
    {
        await server.CreateDiskAsync("told");
        server.Write("told", 0, 1, 4 * MiB);
        var id = await server.SnapshotAsync("told", "figures");

        var shown = (await server.RunAsync("snap", "show", "figures", "-o", "json")).Json();

        Assert.Equal(id, shown.GetProperty("SnapshotId").GetString());
        var sizes = shown.GetProperty("Sizes");
        Assert.Equal(4 * MiB, sizes.GetProperty("ReferencedBytes").GetInt64());
        Assert.Equal(4 * MiB, sizes.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(0, sizes.GetProperty("UniqueBytes").GetInt64());
    }

    [Fact]
    public async Task A_snapshot_shows_what_it_holds()
    {
        await server.CreateDiskAsync("sizes");
        server.Write("sizes", 0, 1, 4 * MiB);
        await server.SnapshotAsync("sizes", "held");

        var result = await server.RunAsync("snap", "show", "held");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("referenced  ", result.Output, StringComparison.Ordinal);
        Assert.Contains("4 MiB", result.Output, StringComparison.Ordinal);
    }
}
