using Tidemark.Output;

namespace Tidemark.Program.Tests;

/// <summary>Changing, locking and restoring snapshots, and suspending disks, on the command line.</summary>
public sealed class SnapChangeVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_snapshot_gets_a_name_a_deadline_and_permanence()
    {
        await server.CreateDiskAsync("changed");
        var id = await server.SnapshotAsync("changed", "old");

        var named = await server.RunAsync("snap", "modify", "changed@old", "--name", "new", "--until", "2100-01-31");
        var temporary = (await server.RunAsync("snap", "show", id, "-o", "json")).Json();
        var permanent = await server.RunAsync("snap", "modify", id, "--permanent", "-o", "json");
        var shown = (await server.RunAsync("snap", "show", id, "-o", "json")).Json();

        Assert.Equal((ExitCode.Done, ExitCode.Done), (named.ExitCode, permanent.ExitCode));
        Assert.Equal("new", temporary.GetProperty("SnapshotName").GetString());
        Assert.Equal("2100-01-31 08:00:00", temporary.GetProperty("DeadlineTime").GetString());
        Assert.True(shown.GetProperty("IsPermanent").GetBoolean());
    }

    [Theory]
    [InlineData]
    [InlineData("--until", "soon")]
    [InlineData("--until", "2100-01-31", "--permanent")]
    public async Task Wrong_changes_are_refused(params string[] options)
    {
        var result = await server.RunAsync(["snap", "modify", "any", .. options]);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
    }

    [Fact]
    public async Task A_locked_snapshot_is_removed_after_it_is_unlocked()
    {
        await server.CreateDiskAsync("locked");
        var id = await server.SnapshotAsync("locked", "kept");

        var locked = await server.RunAsync("snap", "lock", "locked@kept");
        var refused = await server.RunAsync("snap", "rm", id);
        var unlocked = await server.RunAsync("snap", "unlock", id, "-o", "json");
        var removed = await server.RunAsync("snap", "rm", id);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (locked.ExitCode, unlocked.ExitCode));
        Assert.NotEqual(ExitCode.Done, refused.ExitCode);
        Assert.Equal(ExitCode.Done, removed.ExitCode);
    }

    [Fact]
    public async Task What_was_removed_comes_back_while_it_is_kept()
    {
        await server.CreateDiskAsync("gone");
        var id = await server.SnapshotAsync("gone", "lost");
        await server.RunAsync("snap", "rm", id);

        var listed = await server.RunAsync("snap", "ls", "--deleted", "-o", "json");
        var restored = await server.RunAsync("snap", "restore", id);
        var again = await server.RunAsync("snap", "restore", id);

        Assert.Contains(id, listed.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, restored.ExitCode);
        Assert.Equal(ExitCode.NotFound, again.ExitCode);
    }

    [Fact]
    public async Task Writes_wait_while_a_disk_is_suspended()
    {
        await server.CreateDiskAsync("held");

        var suspended = await server.RunAsync("disk", "suspend", "held", "--seconds", "60");
        var writing = Task.Run(
            () => server.Write("held", 0, 1, 4096), TestContext.Current.CancellationToken);
        var resumed = await server.RunAsync("disk", "resume", "held");
        await writing;
        var again = await server.RunAsync("disk", "resume", "held", "-o", "json");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (suspended.ExitCode, resumed.ExitCode));
        Assert.Equal(ExitCode.Conflict, again.ExitCode);
        Assert.Equal(1, server.Read("held", 0, 4096)[0]);
    }
}
