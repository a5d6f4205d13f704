using Tidemark.Engine.Format;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Tests.Index;

public sealed class RegionSetTests
{
    private const int Regions = 5 * RegionSet.PartRegions;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(RegionSet.ListedMax, 40)]
    [InlineData(2000, 1)]
    [InlineData(4, 3 * RegionSet.PartRegions)]
    public void A_set_and_a_union_hold_what_their_runs_touched(int rangeCount, int rangeRegionsMax)
    {
        var random = new Random(20251101 + rangeCount);
        for (var round = 0; round < 10; round++)
        {
            var because = $"round {round}";
            var (first, firstPlain) = RandomSet(random, rangeCount, rangeRegionsMax);
            var (second, secondPlain) = RandomSet(random, rangeCount / 2, 1);
            Compare(first, firstPlain, random, because);
            Compare(RegionSet.Union([first, second]), [.. firstPlain.Union(secondPlain)], random, because);
        }
    }

    [Fact]
    public void A_part_in_which_all_or_few_regions_are_set_takes_little()
    {
        var full = RegionSet.Of([RunOf([new RegionRange(0, 1L << 23)])]);
        Assert.Equal(1L << 23, full.Count);
        Assert.InRange(full.FootprintBytes, 1, 200_000);
        var few = RegionSet.Of([RunOf([new RegionRange(7, 1), new RegionRange(1L << 22, 2)])]);
        Assert.InRange(few.FootprintBytes, 1, 400);
    }

    private static (RegionSet Set, HashSet<long> Plain) RandomSet(Random random, int rangeCount, int rangeRegionsMax)
    {
        var plain = new HashSet<long>();
        for (var i = 0; i < rangeCount; i++)
        {
            var first = random.Next(Regions);
            var count = 1 + random.Next(Math.Min(rangeRegionsMax, Regions - first));
            plain.UnionWith(Enumerable.Range(first, count).Select(region => (long)region));
        }

        var ranges = new List<RegionRange>();
        foreach (var region in plain.Order())
        {
            RegionRange.Append(ranges, new RegionRange(region, 1));
        }

        return (RegionSet.Of([RunOf(ranges)]), plain);
    }

    private static void Compare(RegionSet set, HashSet<long> plain, Random random, string because)
    {
        Assert.Equal(plain.Count, set.Count);
        var sorted = plain.Order().ToArray();
        for (var i = 0; i < 500; i++)
        {
            var range = new RegionRange(random.Next(Regions), 1 + random.Next(i % 3 == 0 ? 9000 : 3));
            var at = Array.BinarySearch(sorted, range.FirstRegion);
            at = at >= 0 ? at : ~at;
            var expected = at < sorted.Length && sorted[at] < range.EndRegion;
            Assert.True(expected == set.Intersects(range), $"{because}: {range}");
        }
    }

    private static MemoryRun RunOf(IEnumerable<RegionRange> ranges)
    {
        var extents = new ExtentBuffer();
        foreach (var range in ranges)
        {
            for (var region = range.FirstRegion; region < range.EndRegion; region += 2048)
            {
                var count = (int)Math.Min(range.EndRegion - region, 2048) * Blocks.RegionBlocks;
                extents.Add(new Extent(region * Blocks.RegionBlocks, count, 1, 0, 0), []);
            }
        }

        return new MemoryRun(1, extents);
    }
}
