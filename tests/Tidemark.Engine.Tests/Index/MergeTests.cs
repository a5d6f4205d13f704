using Tidemark.Engine.Catalog;
using Tidemark.Engine.Index;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Index;

public class MergeTests
{
    [Fact]
    public void A_merge_shows_what_its_runs_showed_and_every_slot_is_kept_or_dead()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            using var bench = new ChunkBench();
            var runs = RandomRuns(random, bench, random.Next(1, 7), random.Next(20, 1500));

            CheckMerge(bench, runs, dropZeros: random.Next(2) == 0, $"seed {seed}");
        }
    }

    [Fact]
    public void Large_chunks_that_nothing_touches_are_adopted_and_the_others_rewritten()
    {
        using var bench = new ChunkBench();
        var older = bench.WriteRun(1, Singles(200_000, 2, sequence: 5, segmentBase: 1));
        var newer = new ExtentBuffer();
        newer.Add(new Extent(140_001, 3, 9, 500, 1), [1, 2, 3]);
        bench.Store.ReadBytes = 0;
        var dead = new List<DeadRange>();

        var (result, extentsRead) = MergedCounting([new MemoryRun(2, newer), older], 7, 3, bench, dead);

        Assert.Equal([older.Chunks[1].Row], result.ReplacedChunks);
        Assert.Equal(
            older.Chunks.Select(chunk => chunk.Row).Where((_, index) => index != 1)
                .Select(row => row with { LayerId = 7, RunNumber = 3 }),
            result.Chunks.Where(row => row.ObjectId <= 4));
        Assert.Equal(65_537, extentsRead);
        Assert.Equal([new DeadRange(9, 1999, 1)], dead);
        Assert.True(bench.Store.ReadBytes < 4_000_000, $"{bench.Store.ReadBytes} bytes read");
        CheckMerge(bench, [new MemoryRun(2, newer), older], false, "again");
    }

    [Fact]
    public void A_chunk_within_a_gap_of_another_run_is_adopted()
    {
        using var bench = new ChunkBench();
        var inner = bench.WriteRun(2, Singles(5000, 1, sequence: 9, segmentBase: 1, firstBlock: 1000));
        var outer = new ExtentBuffer();
        outer.Add(new Extent(0, 2, 3, 77, 1), [1, 2]);
        outer.Add(new Extent(90_000, 2, 3, 77, 3), [3, 4]);

        var result = Merged([inner, bench.WriteRun(1, outer)], 3, false, bench, []);

        Assert.Equal(3, result.Chunks.Count);
        Assert.Equal(inner.Chunks[0].Row with { RunNumber = 3 }, result.Chunks[1]);
    }

    [Fact]
    public void A_small_chunk_alone_is_adopted_and_small_neighbours_are_written_together()
    {
        using var bench = new ChunkBench();
        var first = bench.WriteRun(1, Singles(10, 1, 5, 1));
        var second = bench.WriteRun(2, Singles(10, 1, 6, 2, firstBlock: 100));

        var alone = Merged([new MemoryRun(9, new ExtentBuffer()), first], 3, false, bench, []);
        var together = Merged([second, first], 3, false, bench, []);

        Assert.Equal([first.Chunks[0].Row with { RunNumber = 3 }], alone.Chunks);
        Assert.Empty(alone.ReplacedChunks);
        Assert.Single(together.Chunks);
        Assert.Equal(2, together.ReplacedChunks.Count);
    }

    [Fact]
    public void Zeros_are_dropped_at_the_bottom_even_from_a_chunk_that_could_be_adopted()
    {
        using var bench = new ChunkBench();
        var flat = Singles(5000, 1, 5, 1);
        flat.Add(new Extent(100_000, 500, 6, 0, 0), []);
        var run = bench.WriteRun(1, flat);

        var kept = Merged([run], 2, false, bench, []);
        var dropped = Merged([run], 2, true, bench, []);

        Assert.Empty(kept.ReplacedChunks);
        Assert.Equal(5000, dropped.Chunks.Sum(row => row.DataBlockCount));
        Assert.Equal(0, dropped.Chunks.Sum(row => row.ZeroBlockCount));
        Assert.Single(dropped.ReplacedChunks);
    }

    [Fact]
    public void A_run_of_zeros_alone_leaves_nothing_at_the_bottom()
    {
        using var bench = new ChunkBench();
        var zeros = new ExtentBuffer();
        zeros.Add(new Extent(10, 500, 6, 0, 0), []);
        var data = Singles(100, 1, 5, 1, firstBlock: 50);
        var dead = new List<DeadRange>();

        var result = Merged([bench.WriteRun(2, zeros), bench.WriteRun(1, data)], 3, true, bench, dead);

        Assert.Empty(result.Chunks);
        Assert.Equal(100, dead.Sum(range => range.SlotCount));
    }

    [Fact]
    public void Footers_are_read_like_index_files()
    {
        using var bench = new ChunkBench();
        var footers = new List<Run>();
        for (var number = 3; number >= 1; number--)
        {
            var flat = Singles(300, 2, number, segmentBase: number, firstBlock: number * 100);
            footers.Add(new ChunkRun(number, [bench.WriteFooter(number, 301 * 4096, flat, number)], bench.Files));
        }

        CheckMerge(bench, footers, false, "footers");
    }

    [Fact]
    public void A_merge_that_fails_or_is_given_up_leaves_no_file()
    {
        using var bench = new ChunkBench();
        var run = new MemoryRun(1, Singles(10_000, 2, 5, 1));

        using (var ended = new MergeWork([run], new ChunkWriter(bench.Files, 1, 2), false, bench.Files, []))
            Assert.False(ended.Advance(4096));
        bench.Store.WritesLeft = 1;
        Assert.Throws<StoreException>(() => Merged([run], 2, false, bench, []));

        Assert.Empty(bench.Store.List(StoreArea.Index));
    }

    private static (MergeResult Result, long ExtentsRead) MergedCounting(
        IReadOnlyList<Run> newestFirst, long layerId, long runNumber, ChunkBench bench, List<DeadRange> dead)
    {
        using var work = new MergeWork(
            newestFirst, new ChunkWriter(bench.Files, layerId, runNumber), dropZeros: false, bench.Files, dead);
        Assert.True(work.Advance(long.MaxValue));
        return (work.Finish(), work.ExtentsRead);
    }

    // In many pieces, as the engine does it.
    private static MergeResult Merged(
        IReadOnlyList<Run> newestFirst, long runNumber, bool dropZeros, ChunkBench bench, List<DeadRange> dead)
    {
        using var work = new MergeWork(
            newestFirst, new ChunkWriter(bench.Files, layerId: 1, runNumber), dropZeros, bench.Files, dead);
        while (!work.Advance(100))
            Assert.True(work.ExtentsRead > 0);
        return work.Finish();
    }

    private static void CheckMerge(ChunkBench bench, IReadOnlyList<Run> runs, bool dropZeros, string because)
    {
        var model = LayerCursorTests.Model(runs, 0);
        var dead = new List<DeadRange>();

        var result = Merged(runs, 1000, dropZeros, bench, dead);

        var merged = new ChunkRun(1000, result.Chunks, bench.Files);
        using var cursor = merged.OpenCursor(0);
        var visible = PlainIndex.Of(cursor, because);
        var expected = dropZeros
            ? new SortedDictionary<long, PlainIndex.Entry>(
                model.Where(pair => pair.Value.SegmentId != 0).ToDictionary())
            : model;
        PlainIndex.AssertEqual(expected, visible, because);
        PlainIndex.AssertPartition(
            [.. runs.SelectMany(run => PlainIndex.SlotsOf(PlainIndex.Of(run.OpenCursor(0), because)))],
            PlainIndex.SlotsOf(visible),
            PlainIndex.SlotsOf(dead),
            because);
        AssertAccounts(runs, result, because);
        foreach (var chunk in merged.Chunks)
            chunk.Verify();
    }

    private static void AssertAccounts(IReadOnlyList<Run> runs, MergeResult result, string because)
    {
        var inputs = runs.OfType<ChunkRun>().SelectMany(run => run.Chunks).Select(chunk => chunk.Row).ToList();
        var places = result.Chunks.Select(row => (row.IsFooter, row.ObjectId)).ToHashSet();
        var replaced = result.ReplacedChunks.Select(row => (row.IsFooter, row.ObjectId)).ToHashSet();
        Assert.True(places.Count == result.Chunks.Count && !places.Overlaps(replaced), because);
        Assert.True(
            inputs.All(row => places.Contains((row.IsFooter, row.ObjectId))
                != replaced.Contains((row.IsFooter, row.ObjectId))),
            because);
        Assert.True(result.Chunks.All(row => row.LayerId == 1 && row.RunNumber == 1000), because);
    }

    private static List<Run> RandomRuns(Random random, ChunkBench bench, int count, int blocks)
    {
        var runs = new List<Run>();
        for (var number = count; number >= 1; number--)
        {
            var slot = 1;
            var log = PlainIndex.RandomLog(random, random.Next(1, 60), blocks, ref slot, segmentId: number);
            var flat = Limited(log).Flatten(null);
            runs.Add(random.Next(3) == 0 ? new MemoryRun(number, flat) : bench.WriteRun(number, flat));
        }

        return runs;
    }

    /// <summary>Leaves out what lies beyond the slots that a segment has.</summary>
    private static ExtentBuffer Limited(ExtentBuffer log)
    {
        var limited = new ExtentBuffer();
        for (var index = 0; index < log.Count; index++)
        {
            if (log[index].Slot + log[index].BlockCount <= 8192 || log[index].IsZero)
                limited.Add(log[index], log.Crcs(index));
        }

        return limited;
    }

    private static ExtentBuffer Singles(int count, int step, long sequence, long segmentBase, long firstBlock = 0)
    {
        var flat = new ExtentBuffer();
        for (var index = 0; index < count; index++)
        {
            // Slots go down, so that no two are joined.
            flat.Add(
                new Extent(
                    firstBlock + (long)index * step, 1, sequence, segmentBase + index / 8000, 8000 - index % 8000),
                [(uint)index]);
        }

        return flat;
    }
}
