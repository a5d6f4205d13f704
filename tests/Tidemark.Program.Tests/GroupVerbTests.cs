using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class GroupVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task A_group_is_listed_and_shown()
    {
        var first = await server.CreateDiskAsync("listed-a");
        var second = await server.CreateDiskAsync("listed-b");

        var id = await CreateAsync("listed", "listed-a", second);
        var listed = (await server.RunAsync("group", "ls", "-o", "json")).Json().EnumerateArray().ToList();
        var table = await server.RunAsync("group", "list");
        var shown = await server.RunAsync("group", "show", "listed");

        Assert.Contains(id, listed.Select(group => group.GetProperty("SnapshotGroupId").GetString()));
        Assert.Contains(id, table.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, shown.ExitCode);
        Assert.Contains($"of {first}, 1 GiB", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"of {second}, 1 GiB", shown.Output, StringComparison.Ordinal);
        Assert.Equal(2, Members(await server.RunAsync("group", "show", id, "-o", "json")).Count);
    }

    [Fact]
    public async Task A_rollback_takes_all_or_some_disks_back()
    {
        string[] disks = ["back-a", "back-b"];
        foreach (var disk in disks)
        {
            await server.CreateDiskAsync(disk);
            server.Write(disk, 0, 1, MiB);
        }

        await CreateAsync("back", disks);
        foreach (var disk in disks)
            server.Write(disk, 0, 2, MiB);
        var one = await server.RunAsync("group", "rollback", "back", "back-b");
        Assert.Equal((2, 1), (server.Read("back-a", 0, 512)[0], server.Read("back-b", 0, 512)[0]));
        using (server.Connect("back-a"))
        {
            var refused = await server.RunAsync("group", "rollback", "back");
            Assert.Equal(ExitCode.Conflict, refused.ExitCode);
        }

        var all = await server.RunAsync("group", "rollback", "back", "--force", "-o", "json");

        Assert.Equal(ExitCode.Done, one.ExitCode);
        Assert.Equal(2, all.Json().GetProperty("DiskIdSet").GetArrayLength());
        Assert.All(disks, disk => Assert.All(server.Read(disk, 0, MiB), value => Assert.Equal(1, value)));
    }

    [Fact]
    public async Task Groups_are_deleted_all_or_none()
    {
        await server.CreateDiskAsync("many");
        await server.CreateDiskAsync("else");
        var first = await CreateAsync("many-1", "many");
        var second = await CreateAsync("many-2", "many");

        var unknown = await server.RunAsync("group", "rm", first, "csnap-zzzzzzzz");
        var stranger = await server.RunAsync("group", "rollback", first, "else");
        var done = await server.RunAsync("group", "rm", second, "many-1", "-o", "json");

        Assert.Equal(ExitCode.NotFound, unknown.ExitCode);
        Assert.Equal(ExitCode.NotFound, stranger.ExitCode);
        Assert.Equal(2, done.Json().GetProperty("SnapshotGroupIdSet").GetArrayLength());
        Assert.Empty((await server.RunAsync("snap", "ls", "many", "-o", "json")).Json().EnumerateArray());
        Assert.Equal(ExitCode.NotFound, (await server.RunAsync("group", "show", first)).ExitCode);
    }

    [Fact]
    public async Task All_members_show_one_instant_under_load()
    {
        const int groupCount = 12;
        string[] disks = [.. Enumerable.Range(0, 8).Select(index => $"instant-{index}")];
        foreach (var disk in disks)
            await server.CreateDiskAsync(disk);

        var groups = new List<string>();
        using (var writer = new RoundRobinWriter(server, disks))
        {
            for (var count = 0; count < groupCount; count++)
            {
                writer.WaitForMore(50);
                groups.Add(await CreateAsync($"instant-{count}", disks));
            }
        }

        var before = 0L;
        foreach (var id in groups)
        {
            var members = Members(await server.RunAsync("group", "show", id, "-o", "json"));
            var values = members.Select(member => RoundRobinWriter.ReadValue(server, member)).ToList();
            // Each disk holds its last value. At one instant they are eight in a row, whichever came last.
            Assert.Equal(Enumerable.Range(0, 8).Select(index => values.Min() + index), values.Order());
            Assert.True(values.Max() > before, "Nothing was written between two groups.");
            before = values.Max();
        }
    }

    private async Task<string> CreateAsync(string name, params string[] disks)
    {
        var result = await server.RunAsync(["group", "create", .. disks, "--name", name, "-o", "json"]);
        return result.Json().GetProperty("SnapshotGroupId").GetString() ?? "";
    }

    private static List<string> Members(CliResult shown) => [.. shown.Json().GetProperty("SnapshotIdSet")
        .EnumerateArray().Select((JsonElement id) => id.GetString() ?? "")];
}
