using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class PolicyVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_policy_is_made_shown_in_plain_words_changed_and_removed()
    {
        var created = (await server.RunAsync(
            "policy", "create", "office", "--hours", "0,6,12-13", "--weekdays", "mon-fri", "--keep-days", "14",
            "-o", "json")).Json();
        var id = created.GetProperty("AutoSnapshotPolicyId").GetString()!;

        var shown = await server.RunAsync("policy", "show", "office");
        Assert.Contains(
            "Every Monday to Friday at 00:00, 06:00, 12:00 and 13:00 (UTC+8). Each snapshot stays for 14 days.",
            shown.Output,
            StringComparison.Ordinal);
        Assert.Contains("state     active", shown.Output, StringComparison.Ordinal);

        var changed = (await server.RunAsync(
            "policy", "modify", "office", "--name", "home", "--hours", "3", "--month-days", "1,28-31",
            "--keep-daily", "7", "--keep-yearly", "2", "--pause", "-o", "json")).Json();
        Assert.Equal(id, changed.GetProperty("AutoSnapshotPolicyId").GetString());
        Assert.Equal(
            "[1,28,29,30,31]",
            changed.GetProperty("Policy")[0].GetProperty("DayOfMonth").GetRawText().Replace(" ", "").Replace("\n", ""));
        var advanced = changed.GetProperty("AdvancedRetentionPolicy");
        Assert.Equal(
            (7, 0, 2),
            (advanced.GetProperty("Days").GetInt32(), advanced.GetProperty("Weeks").GetInt32(),
                advanced.GetProperty("Years").GetInt32()));
        Assert.Contains("paused", (await server.RunAsync("policy", "show", id)).Output, StringComparison.Ordinal);
        Assert.Contains("home", (await server.RunAsync("policy", "list")).Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await server.RunAsync("policy", "rm", "home")).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await server.RunAsync("policy", "show", "home")).ExitCode);
    }

    [Fact]
    public async Task Disks_are_bound_and_unbound()
    {
        var disk = await server.CreateDiskAsync("bound");
        await server.RunAsync("policy", "create", "binding", "--hours", "3");

        var bound = (await server.RunAsync("policy", "bind", "binding", "bound", "-o", "json")).Json();
        var again = await server.RunAsync("policy", "bind", "binding", disk);
        var unbound = (await server.RunAsync("policy", "unbind", "binding", disk, "-o", "json")).Json();

        Assert.Equal(disk, bound.GetProperty("DiskIdSet")[0].GetString());
        Assert.Equal(ExitCode.Conflict, again.ExitCode);
        Assert.Contains("InvalidDisk.AlreadyBound", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, unbound.GetProperty("DiskIdSet").GetArrayLength());
    }

    [Fact]
    public async Task A_dry_run_prints_the_next_ten_runs_and_makes_nothing()
    {
        var planned = await server.RunAsync(
            "policy", "create", "dry", "--hours", "3", "--every-days", "2", "--keep", "5", "--dry-run");
        var listed = (await server.RunAsync("policy", "ls", "-o", "json")).Json();

        Assert.Equal(ExitCode.Done, planned.ExitCode);
        var lines = planned.Output.TrimEnd().Split('\n');
        Assert.Equal(12, lines.Length);
        Assert.Contains("Of each disk the newest 5 snapshots will stay.", lines[0], StringComparison.Ordinal);
        Assert.All(lines[2..], line => Assert.Contains("03:00", line, StringComparison.Ordinal));
        Assert.DoesNotContain(
            listed.EnumerateArray(), policy => policy.GetProperty("AutoSnapshotPolicyName").GetString() == "dry");
    }

    [Fact]
    public async Task A_change_may_be_tried_first()
    {
        await server.RunAsync("policy", "create", "tried", "--hours", "3", "--keep-forever");

        var outlook = (await server.RunAsync(
            "policy", "modify", "tried", "--keep-months", "2", "--dry-run", "-o", "json")).Json();

        Assert.EndsWith(
            "Each snapshot stays for 2 months.", outlook.GetProperty("Description").GetString(),
            StringComparison.Ordinal);
        var shown = (await server.RunAsync("policy", "show", "tried", "-o", "json")).Json();
        Assert.True(shown.GetProperty("IsPermanent").GetBoolean());
    }

    [Theory]
    [InlineData("policy create x")]
    [InlineData("policy create x --weekdays mon")]
    [InlineData("policy create x --hours 24")]
    [InlineData("policy create x --hours 1-2-3")]
    [InlineData("policy create x --hours 5-1")]
    [InlineData("policy create x --hours 1 --weekdays someday")]
    [InlineData("policy create x --hours 1 --weekdays mon --month-days 1")]
    [InlineData("policy create x --hours 1 --keep-days 1 --keep 3")]
    [InlineData("policy create x --hours 1 --every-days 0")]
    [InlineData("policy create x --hours 1 --keep 0")]
    [InlineData("policy create x --hours 1 --keep many")]
    [InlineData("policy modify wrong")]
    [InlineData("policy modify wrong --pause --resume")]
    [InlineData("policy bind wrong")]
    public async Task Wrong_commands_end_with_2(string command)
    {
        await server.RunAsync("policy", "create", "wrong", "--hours", "3");

        var result = await server.RunAsync(command.Split(' '));
        await server.RunAsync("policy", "rm", "wrong");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
    }

    [Fact]
    public async Task A_range_of_days_may_go_over_the_end_of_the_week()
    {
        await server.RunAsync("policy", "create", "weekend", "--hours", "3", "--weekdays", "Friday-sun,wed");

        var shown = (await server.RunAsync("policy", "show", "weekend", "-o", "json")).Json();

        Assert.Equal(
            [5, 6, 0, 3],
            shown.GetProperty("Policy")[0].GetProperty("DayOfWeek").EnumerateArray().Select(day => day.GetInt32()));
    }
}
