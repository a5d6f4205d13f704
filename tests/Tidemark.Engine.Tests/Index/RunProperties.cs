using Tidemark.Engine.Format;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Tests.Index;

/// <summary>What holds of every run, whatever it reads from.</summary>
internal static class RunProperties
{
    public static void Check(Run run, int blocks, Random random, string because)
    {
        var plain = PlainIndex.Of(run.OpenCursor(0), because);
        Assert.Equal(plain.Values.LongCount(entry => entry.SegmentId != 0), run.DataBlockCount);
        Assert.Equal(plain.Values.LongCount(entry => entry.SegmentId == 0), run.ZeroBlockCount);
        Assert.Equal((plain.Keys.First(), plain.Keys.Last()), (run.FirstBlock, run.LastBlock));
        CheckRegions(run, plain, because);
        for (var round = 0; round < 8; round++)
        {
            var first = random.Next(blocks);
            var count = 1 + random.Next(blocks);
            var part = Between(plain, first, first + count);
            var buffer = new ExtentBuffer();
            run.Collect(first, count, buffer);

            PlainIndex.AssertEqual(part, PlainIndex.Of(new BufferCursor(buffer, 0), because), because);
            Assert.True(part.Count == 0 || run.MayTouch(first, count), because);
            using var cursor = run.OpenCursor(first);
            PlainIndex.AssertEqual(
                Between(plain, first, long.MaxValue), PlainIndex.Of(cursor, because), because);
        }
    }

    private static void CheckRegions(Run run, SortedDictionary<long, PlainIndex.Entry> plain, string because)
    {
        var ranges = new List<RegionRange>();
        run.CollectRegions(ranges);
        var regions = ranges.SelectMany(range =>
            Enumerable.Range(0, (int)range.RegionCount).Select(index => range.FirstRegion + index));
        Assert.True(plain.Keys.Select(block => block / Blocks.RegionBlocks).Distinct().SequenceEqual(regions), because);
    }

    private static SortedDictionary<long, PlainIndex.Entry> Between(
        SortedDictionary<long, PlainIndex.Entry> plain, long first, long end) =>
        new(plain.Where(pair => pair.Key >= first && pair.Key < end).ToDictionary());
}
