using Tidemark.Engine.Index;

namespace Tidemark.Engine.Tests.Index;

public class ExtentSweepTests
{
    [Fact]
    public void Every_block_of_every_cursor_is_met_once_in_order()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var because = $"seed {seed}";
            var runs = LayerCursorTests.RandomRuns(random, random.Next(0, 7), random.Next(10, 600));
            var met = runs.ConvertAll(_ => new SortedDictionary<long, Extent>());
            using var sweep = new ExtentSweep(runs.ConvertAll(run => run.OpenCursor(0)));
            var end = 0L;
            while (sweep.MoveNext())
            {
                Assert.True(sweep.FirstBlock >= end && sweep.BlockCount > 0, because);
                end = sweep.FirstBlock + sweep.BlockCount;
                Assert.True(runs.Select((_, index) => index).Count(sweep.Has) == sweep.CoveringCount, because);
                Assert.True(sweep.CoveringCount > 0, because);
                for (var index = 0; index < runs.Count; index++)
                    Note(sweep, index, met[index]);
            }

            for (var index = 0; index < runs.Count; index++)
                AssertSame(runs[index], met[index], because);
        }
    }

    [Fact]
    public void Intervals_end_where_any_cursor_changes()
    {
        var first = new ExtentBuffer();
        first.Add(new Extent(0, 10, 5, 0, 0), []);
        var second = new ExtentBuffer();
        second.Add(new Extent(4, 2, 4, 7, 1), [1, 2]);
        second.Add(new Extent(20, 1, 4, 7, 3), [3]);
        var intervals = new List<(long, long, bool, bool)>();

        using var sweep = new ExtentSweep([new BufferCursor(first, 0), new BufferCursor(second, 0)]);
        while (sweep.MoveNext())
            intervals.Add((sweep.FirstBlock, sweep.BlockCount, sweep.Has(0), sweep.Has(1)));

        Assert.Equal([(0, 4, true, false), (4, 2, true, true), (6, 4, true, false), (20, 1, false, true)], intervals);
    }

    private static void Note(ExtentSweep sweep, int index, SortedDictionary<long, Extent> met)
    {
        if (!sweep.Has(index))
            return;
        var extent = sweep.At(index);
        Assert.Equal((sweep.FirstBlock, sweep.BlockCount), (extent.FirstBlock, extent.BlockCount));
        for (var block = extent.FirstBlock; block < extent.EndBlock; block++)
            met.Add(block, extent.Slice(block, 1));
    }

    private static void AssertSame(Run run, SortedDictionary<long, Extent> met, string because)
    {
        var blocks = 0L;
        using var cursor = run.OpenCursor(0);
        while (cursor.MoveNext())
        {
            blocks += cursor.Current.BlockCount;
            for (var block = cursor.Current.FirstBlock; block < cursor.Current.EndBlock; block++)
                Assert.True(met[block] == cursor.Current.Slice(block, 1), because);
        }

        Assert.True(blocks == met.Count, because);
    }
}
