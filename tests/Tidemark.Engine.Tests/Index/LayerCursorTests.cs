using Tidemark.Engine.Index;
using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Tests.Index;

public class LayerCursorTests
{
    [Fact]
    public void Newer_runs_hide_older_ones_and_every_slot_is_visible_or_dead()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var because = $"seed {seed}";
            var runs = RandomRuns(random, random.Next(0, 9), random.Next(10, 900));
            var dead = new List<DeadRange>();

            using var cursor = new LayerCursor([.. runs], 0, dead);
            var visible = PlainIndex.Of(cursor, because);

            PlainIndex.AssertEqual(Model(runs, 0), visible, because);
            PlainIndex.AssertPartition(
                [.. runs.SelectMany(run => PlainIndex.SlotsOf(PlainIndex.Of(run.OpenCursor(0), because)))],
                PlainIndex.SlotsOf(visible),
                PlainIndex.SlotsOf(dead),
                because);
            Assert.Equal(runs.Sum(run => run.ExtentCount), cursor.ExtentsRead);
        }
    }

    [Fact]
    public void A_cursor_that_starts_in_the_middle_gives_the_rest()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var runs = RandomRuns(random, 5, 500);
            var fromBlock = random.Next(500);

            using var cursor = new LayerCursor([.. runs], fromBlock);

            PlainIndex.AssertEqual(
                Model(runs, fromBlock), PlainIndex.Of(cursor, $"seed {seed}"), $"seed {seed}, from {fromBlock}");
        }
    }

    [Fact]
    public void Each_extent_is_one_piece_where_nothing_hides_it()
    {
        var newer = new ExtentBuffer();
        newer.Add(new Extent(10, 4, 5, 0, 0), []);
        var older = new ExtentBuffer();
        older.Add(new Extent(8, 8, 4, 7, 1), [0, 1, 2, 3, 4, 5, 6, 7]);

        using var cursor = new LayerCursor([new MemoryRun(2, newer), new MemoryRun(1, older)], 0);

        Assert.True(cursor.MoveNext());
        Assert.Equal((new Extent(8, 2, 4, 7, 1), 1u), (cursor.Current, cursor.CurrentCrcs[1]));
        Assert.True(cursor.MoveNext());
        Assert.Equal(new Extent(10, 4, 5, 0, 0), cursor.Current);
        Assert.True(cursor.MoveNext());
        Assert.Equal((new Extent(14, 2, 4, 7, 7), 6u), (cursor.Current, cursor.CurrentCrcs[0]));
        Assert.False(cursor.MoveNext());
    }

    internal static List<Run> RandomRuns(Random random, int count, int blocks)
    {
        var runs = new List<Run>();
        for (var index = 0; index < count; index++)
        {
            var slot = 1;
            var log = PlainIndex.RandomLog(random, random.Next(0, 60), blocks, ref slot, segmentId: 100 - index);
            runs.Add(new MemoryRun(100 - index, log.Flatten(null)));
        }

        return runs;
    }

    internal static SortedDictionary<long, PlainIndex.Entry> Model(IReadOnlyList<Run> newestFirst, long fromBlock)
    {
        var model = new SortedDictionary<long, PlainIndex.Entry>();
        foreach (var run in newestFirst.Reverse())
        {
            using var cursor = run.OpenCursor(fromBlock);
            while (cursor.MoveNext())
                PlainIndex.Put(model, cursor.Current, cursor.CurrentCrcs);
        }

        return model;
    }
}
