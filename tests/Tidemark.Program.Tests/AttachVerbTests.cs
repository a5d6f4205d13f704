using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class AttachVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Host = "ins-11111111";

    [Fact]
    public async Task A_disk_is_attached_shown_and_detached()
    {
        var id = await server.CreateDiskAsync("attached");

        var attached = await server.RunAsync("disk", "attach", "attached", Host);
        var again = await server.RunAsync("disk", "attach", id, Host, "-o", "json");
        var shown = await server.RunAsync("disk", "show", "attached");
        var json = (await server.RunAsync("disk", "show", "attached", "-o", "json")).Json();
        var detached = await server.RunAsync("disk", "detach", "attached");

        Assert.Equal(
            [ExitCode.Done, ExitCode.Done, ExitCode.Done],
            new[] { attached.ExitCode, again.ExitCode, detached.ExitCode });
        Assert.Contains($"{id} is attached to {Host}.", attached.Output + attached.Error, StringComparison.Ordinal);
        Assert.Equal(id, again.Json().GetProperty("DiskIdSet")[0].GetString());
        Assert.Contains(Host, shown.Output, StringComparison.Ordinal);
        Assert.Equal("ATTACHED", json.GetProperty("DiskState").GetString());
        Assert.Contains(
            $"{id} is detached from {Host}.", detached.Output + detached.Error, StringComparison.Ordinal);
        var after = (await server.RunAsync("disk", "show", "attached", "-o", "json")).Json();
        Assert.Equal("UNATTACHED", after.GetProperty("DiskState").GetString());
    }

    [Fact]
    public async Task An_attached_disk_is_served_as_before()
    {
        await server.CreateDiskAsync("served");
        await server.RunAsync("disk", "attach", "served", Host);

        server.Write("served", 0, 7, 4096);

        Assert.All(server.Read("served", 0, 4096), value => Assert.Equal(7, value));
    }

    [Fact]
    public async Task What_the_state_does_not_allow_is_a_conflict()
    {
        await server.CreateDiskAsync("held");
        await server.RunAsync("disk", "attach", "held", Host, "--delete-with-instance");

        var elsewhere = await server.RunAsync("disk", "attach", "held", "ins-22222222");
        var removed = await server.RunAsync("disk", "rm", "held");
        var json = (await server.RunAsync("disk", "show", "held", "-o", "json")).Json();
        await server.RunAsync("disk", "detach", "held", "--no-wait");
        var twice = await server.RunAsync("disk", "detach", "held");
        var badHost = await server.RunAsync("disk", "attach", "held", "myhost");

        Assert.Equal(ExitCode.Conflict, elsewhere.ExitCode);
        Assert.Equal(ExitCode.Conflict, removed.ExitCode);
        Assert.True(json.GetProperty("DeleteWithInstance").GetBoolean());
        Assert.Equal(ExitCode.Conflict, twice.ExitCode);
        Assert.Equal(ExitCode.Usage, badHost.ExitCode);
    }

    [Fact]
    public async Task A_removed_disk_comes_back_while_it_is_kept()
    {
        var id = await server.CreateDiskAsync("kept");
        server.Write("kept", 0, 9, 4096);
        await server.RunAsync("disk", "rm", "kept");

        var gone = await server.RunAsync("disk", "show", "kept");
        var listed = await server.RunAsync("disk", "ls", "--deleted");
        var back = await server.RunAsync("disk", "restore", "kept");
        var twice = await server.RunAsync("disk", "restore", "kept");

        Assert.Equal(ExitCode.NotFound, gone.ExitCode);
        Assert.Contains(id, listed.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, back.ExitCode);
        Assert.All(server.Read("kept", 0, 4096), value => Assert.Equal(9, value));
        Assert.Equal(ExitCode.NotFound, twice.ExitCode);
    }
}
