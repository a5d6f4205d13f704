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
        AssertDirtyBitmap(server, first, second);
        var summary = server.Cli("diff", "first", "second", "--summary");
        Assert.Equal(ChangedBytes, summary.GetProperty("ChangedBytes").GetInt64());
        Assert.Equal(ChangedBytes, summary.GetProperty("DataBytes").GetInt64());
        AssertAllocation(server, second);
        using (var snapshot = server.Connect(second, "base:allocation"))
            model.Verify(snapshot, model.Versions, "the second snapshot");
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

    private static void AssertDirtyBitmap(ServerProcess server, string first, string second)
    {
        var map = Tool.Run(
            "nbdinfo", "--json", $"--map=qemu:dirty-bitmap:{first}", server.Uri(second)).Json();
        Assert.Equal(ChangedBytes, Sum(map, entry => entry.GetProperty("type").GetInt32() == 1));
        Assert.Equal(DiskBytes, Sum(map, _ => true));
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
