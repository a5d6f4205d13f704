using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

public sealed class ChangedBlocksTests
{
    private const int MiBBlocks = (1 << 20) / PatternDisk.BlockBytes;
    private const long ChangedBytes = 16L << 20;
    private const long DiskBytes = 1L << 30;

    [Fact]
    public async Task Sixteen_MiB_overwritten_are_16_MiB_to_the_block_in_every_figure()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var random = Seed.Random(nameof(Sixteen_MiB_overwritten_are_16_MiB_to_the_block_in_every_figure));
        var disk = server.CreateDisk("pg");
        var model = new PatternDisk((int)(DiskBytes / PatternDisk.BlockBytes));
        string first, second;
        using (var client = server.Connect(disk, "base:allocation"))
        {
            for (var at = 0; at < 1024; at++)
                model.Write(client, at * MiBBlocks, MiBBlocks);
            first = server.CreateSnapshot("pg", "first");
            foreach (var block in ScatteredBlocks(random))
                model.Write(client, block, 1);
            second = server.CreateSnapshot("pg", "second");
        }

        await AssertChangedBytes(server, second);
        AssertDirtyBitmap(server, first, server.Uri(second), ChangedBytes);
        var summary = server.Cli("diff", "first", "second", "--summary");
        Assert.Equal(ChangedBytes, summary.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(ChangedBytes, summary.GetProperty("DataBytes").GetInt64());
        AssertAllocation(server, second);
        using (var snapshot = server.Connect(second, "base:allocation"))
            model.Verify(snapshot, model.Versions, "the second snapshot");
        server.Stop();
    }

    [Fact]
    public void A_live_disk_tells_foreign_readers_what_changed_since_any_snapshot_of_its_family()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var disk = server.CreateDisk("pg");
        var model = new PatternDisk((int)(DiskBytes / PatternDisk.BlockBytes));
        using var client = server.Connect(disk, "base:allocation");
        model.Write(client, 0, MiBBlocks);
        var first = server.CreateSnapshot("pg", "first");
        model.Write(client, 10, 3);
        model.Write(client, 5 * MiBBlocks, 1);
        client.Trim(20 * PatternDisk.BlockBytes, 2 * PatternDisk.BlockBytes);
        AssertDirtyBitmap(server, first, server.Uri(disk), 6 * PatternDisk.BlockBytes);
        var second = server.CreateSnapshot("pg", "second");
        AssertDirtyBitmap(server, second, server.Uri(disk), 0);
        model.Write(client, 11, 1);
        AssertDirtyBitmap(server, second, server.Uri(disk), PatternDisk.BlockBytes);
        AssertDirtyBitmap(server, first, server.Uri(disk), 6 * PatternDisk.BlockBytes);
        Assert.Equal(PatternDisk.BlockBytes,
            server.Cli("diff", second, disk, "--summary").GetProperty("ChangedBytes").GetInt64());

        var listed = Tool.Run("nbdinfo", "--json", server.Uri(disk)).Json().GetProperty("exports")[0];
        Assert.Equal(
            ["base:allocation", $"qemu:dirty-bitmap:{second}", $"qemu:dirty-bitmap:{first}"],
            listed.GetProperty("contexts").EnumerateArray().Select(context => context.GetString()));
        Assert.True(listed.GetProperty("can_fast_zero").GetBoolean());

        client.Disconnect();
        server.Cli("snap", "rollback", "pg", "first");
        // Both branches: what the second snapshot has of its own, and what the disk has written since the rollback.
        using var again = server.Connect(disk, "base:allocation");
        model.Write(again, 7 * MiBBlocks, 1);
        AssertDirtyBitmap(server, first, server.Uri(disk), PatternDisk.BlockBytes);
        AssertDirtyBitmap(server, second, server.Uri(disk), 7 * PatternDisk.BlockBytes);
        server.Stop();
    }

    [Fact]
    public void Zeroes_are_a_hole_unless_the_client_forbids_it()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var disk = server.CreateDisk("pg");
        var uri = server.Uri(disk);
        Tool.Run("qemu-io", "-f", "raw", "-d", "unmap", uri,
            "-c", "write -P 5 0 8M", "-c", "write -z 1M 1M", "-c", "write -z -u 3M 1M", "-c", "read -P 0 1M 1M",
            "-c", "read -P 0 3M 1M", "-c", "read -P 5 2M 1M");

        // Without -u qemu sends NO_HOLE: these zeros are data.
        var map = Tool.Run("nbdinfo", "--json", "--map", uri).Json();
        Assert.Equal(7 << 20, Sum(map, entry => entry.GetProperty("type").GetInt32() == 0));
        Assert.Equal(DiskBytes - (7 << 20), Sum(map, entry => entry.GetProperty("type").GetInt32() == 3));
        server.Stop();
    }

    // 8 MiB in runs and 8 MiB in single blocks that do not touch, so that an error of one block shows.
    private static IEnumerable<int> ScatteredBlocks(Random random)
    {
        for (var at = 0; at < 8 * MiBBlocks; at++)
            yield return (100 * MiBBlocks) + at;
        var places = Enumerable.Range(0, 1 << 16).Select(place => (200 * MiBBlocks) + (2 * place) + 1).ToArray();
        random.Shuffle(places);
        foreach (var block in places[..(8 * MiBBlocks)])
            yield return block;
    }

    private static async Task AssertChangedBytes(ServerProcess server, string snapshot)
    {
        JsonElement sizes = default;
        await Polling.Until(
            async () =>
            {
                var answer = await server.Call(
                    "DescribeSnapshotSizes", new JsonObject { ["SnapshotIds"] = new JsonArray(snapshot) });
                sizes = answer.GetProperty("SnapshotSizeSet")[0];
                return sizes.GetProperty("IsExact").GetBoolean();
            },
            () => $"{sizes}");
        Assert.Equal(ChangedBytes, sizes.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(DiskBytes, sizes.GetProperty("ReferencedBytes").GetInt64());
        // The disk on top has changed nothing yet, so that it shares all of the snapshot.
        Assert.Equal(0, sizes.GetProperty("UniqueBytes").GetInt64());
        var shown = server.TryCli("snap", "show", snapshot).Output;
        Assert.Matches(@"changed +16 MiB\n", shown);
    }

    // Two foreign readers of the same context.
    private static void AssertDirtyBitmap(ServerProcess server, string since, string uri, long changedBytes)
    {
        var map = Tool.Run("nbdinfo", "--json", $"--map=qemu:dirty-bitmap:{since}", uri).Json();
        Assert.Equal(changedBytes, Sum(map, entry => entry.GetProperty("type").GetInt32() == 1));
        Assert.Equal(DiskBytes, Sum(map, _ => true));
        // qemu-img shows a dirty range as one without data.
        var at = new Uri(uri);
        var socket = at.Query[(at.Query.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var qemu = Tool.Run(
            "qemu-img", "map", "--output=json", "--image-opts",
            $"driver=nbd,server.type=unix,server.path={Uri.UnescapeDataString(socket)}," +
            $"export={at.AbsolutePath[1..]},x-dirty-bitmap=qemu:dirty-bitmap:{since}").Json();
        Assert.Equal(changedBytes, Sum(qemu, entry => !entry.GetProperty("data").GetBoolean()));
        Assert.Equal(DiskBytes, Sum(qemu, _ => true));
    }

    private static void AssertAllocation(ServerProcess server, string snapshot)
    {
        var map = Tool.Run("nbdinfo", "--json", "--map", server.Uri(snapshot)).Json();
        Assert.Equal(DiskBytes, Sum(map, entry => entry.GetProperty("type").GetInt32() == 0));
        var qemu = Tool.Run("qemu-img", "map", "--output=json", "-f", "raw", server.Uri(snapshot)).Json();
        Assert.Equal(DiskBytes, Sum(qemu, entry => entry.GetProperty("data").GetBoolean()));
    }

    private static long Sum(JsonElement map, Func<JsonElement, bool> counts) => map.EnumerateArray()
        .Where(counts)
        .Sum(entry => entry.TryGetProperty("length", out var length) ? length.GetInt64() : 0);
}
