using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Index;

public class ChunkRunTests
{
    [Theory]
    [InlineData(0, 4096)]
    [InlineData(ChunkFiles.DirectoryBytesDefault, 256 * 1024)]
    public void A_run_on_disk_gives_what_was_written(long directoryBytesMax, int readAheadBytesMax)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var because = $"seed {seed}";
            var blocks = random.Next(50, 4000);
            var flat = RandomFlat(random, random.Next(1, 400), blocks);
            using var bench = new ChunkBench(directoryBytesMax, readAheadBytesMax);

            var run = bench.WriteRun(3, flat);

            using var cursor = run.OpenCursor(0);
            PlainIndex.AssertEqual(
                PlainIndex.Of(new BufferCursor(flat, 0), because), PlainIndex.Of(cursor, because), because);
            RunProperties.Check(run, blocks, random, because);
            AssertReferences(run, flat);
            foreach (var chunk in run.Chunks)
                chunk.Verify();
        }
    }

    [Fact]
    public void More_extents_than_a_chunk_may_have_make_several_files()
    {
        var flat = new ExtentBuffer();
        for (var index = 0; index < 70_000; index++)
            flat.Add(new Extent(index * 2L, 1, 5, 1 + index / 8000, 1 + index % 8000), [(uint)index]);
        using var bench = new ChunkBench();

        var run = bench.WriteRun(1, flat);

        Assert.Equal([65_536, 70_000 - 65_536], run.Chunks.Select(chunk => (int)chunk.Row.ExtentCount));
        Assert.Equal((0L, 131_070L, 131_072L), (
            run.Chunks[0].Row.FirstBlock, run.Chunks[0].Row.LastBlock, run.Chunks[1].Row.FirstBlock));
        PlainIndex.AssertEqual(
            PlainIndex.Of(new BufferCursor(flat, 0), ""), PlainIndex.Of(run.OpenCursor(0), ""), "all");
        var part = new ExtentBuffer();
        run.Collect(131_069, 5, part);
        Assert.Equal([131_070, 131_072], part.Extents.ToArray().Select(extent => extent.FirstBlock));
        Assert.Equal([65_535u, 65_536u], [part.Crcs(0)[0], part.Crcs(1)[0]]);
        foreach (var chunk in run.Chunks)
            chunk.Verify();
    }

    [Fact]
    public void Long_extents_are_split_over_pages_and_come_back_whole_in_sum()
    {
        var flat = new ExtentBuffer();
        var crcs = Enumerable.Range(0, 3000).Select(index => (uint)index * 31).ToArray();
        flat.Add(new Extent(7, 3000, 5, 9, 1), crcs);
        flat.Add(new Extent(3007, Blocks.ExtentBlocksMax, 6, 0, 0), []);
        using var bench = new ChunkBench();

        var run = bench.WriteRun(1, flat);

        Assert.Equal((3000, Blocks.ExtentBlocksMax), (run.DataBlockCount, run.ZeroBlockCount));
        PlainIndex.AssertEqual(
            PlainIndex.Of(new BufferCursor(flat, 0), ""), PlainIndex.Of(run.OpenCursor(0), ""), "all");
    }

    [Fact]
    public void One_region_is_read_with_the_directory_once_and_a_page_or_two()
    {
        var flat = new ExtentBuffer();
        for (var index = 0; index < 50_000; index++)
            flat.Add(new Extent(index * 100L, 1, 5, 1 + index / 8000, 1 + index % 8000), [(uint)index]);
        using var bench = new ChunkBench();
        var run = bench.WriteRun(1, flat);
        run.Collect(512 * 300, 512, new ExtentBuffer());
        bench.Store.ReadBytes = 0;

        var region = new ExtentBuffer();
        run.Collect(512 * 4000, 512, region);

        Assert.Equal(6, region.Count);
        Assert.InRange(bench.Store.ReadBytes, 4096, 2 * 4096);
    }

    [Fact]
    public void Files_and_names_are_durable_when_the_writer_is_finished()
    {
        using var bench = new ChunkBench();

        bench.WriteRun(1, RandomFlat(new Random(1), 20, 500));

        Assert.Equal(2, bench.Store.SyncCount);
    }

    [Fact]
    public void A_writer_that_fails_leaves_no_file()
    {
        using var bench = new ChunkBench();
        bench.Store.WritesLeft = 0;

        Assert.Throws<StoreException>(() => bench.WriteRun(1, RandomFlat(new Random(1), 20, 500)));

        Assert.Empty(bench.Store.List(StoreArea.Index));
    }

    [Fact]
    public void Chunks_that_overlap_are_refused()
    {
        using var bench = new ChunkBench();
        var row = bench.WriteRun(1, RandomFlat(new Random(1), 20, 500)).Chunks[0].Row;

        Assert.Throws<ArgumentException>(() => new ChunkRun(1, [row, row with { ObjectId = 9 }], bench.Files));
    }

    [Fact]
    public void A_missing_file_is_an_error_with_a_name_and_never_zeros()
    {
        using var bench = new ChunkBench();
        var run = bench.WriteRun(1, RandomFlat(new Random(1), 20, 500));
        bench.Files.Delete(run.Chunks[0].Row.ObjectId);

        var missing = Assert.Throws<StoreException>(() => run.Collect(0, 512, new ExtentBuffer()));

        Assert.Equal(StoreFault.Missing, missing.Fault);
    }

    /// <summary>Random flat extents, each data extent in slots that a segment can have.</summary>
    internal static ExtentBuffer RandomFlat(Random random, int extentCount, int blocks)
    {
        var slot = 1;
        var log = PlainIndex.RandomLog(random, extentCount, blocks, ref slot);
        var spread = new ExtentBuffer();
        for (var index = 0; index < log.Count; index++)
        {
            // 7000 slots are fewer than a segment has, with the longest extent behind them.
            var extent = log[index].IsZero
                ? log[index]
                : log[index] with { SegmentId = 1 + log[index].Slot / 7000, Slot = 1 + log[index].Slot % 7000 };
            spread.Add(extent, log.Crcs(index));
        }

        return spread.Flatten(null);
    }

    private static void AssertReferences(ChunkRun run, ExtentBuffer flat)
    {
        var expected = PlainIndex.SlotsOf(flat).GroupBy(slot => slot.SegmentId)
            .ToDictionary(group => group.Key, group => group.LongCount());
        var references = new Dictionary<long, long>();
        foreach (var chunk in run.Chunks)
            chunk.AddSegmentReferences(references, 1);
        Assert.Equal(expected.OrderBy(pair => pair.Key), references.OrderBy(pair => pair.Key));
        foreach (var chunk in run.Chunks)
            chunk.AddSegmentReferences(references, -1);
        Assert.All(references, pair => Assert.Equal(0, pair.Value));
    }
}
