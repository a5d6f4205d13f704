using Tidemark.Engine.Format;

namespace Tidemark.Engine.Index;

/// <summary>Consecutive regions of 512 blocks.</summary>
/// <param name="FirstRegion">The first one: its block number divided by 512.</param>
/// <param name="RegionCount">How many; at least 1.</param>
internal readonly record struct RegionRange(long FirstRegion, long RegionCount)
{
    /// <summary>One past the last region.</summary>
    public long EndRegion => FirstRegion + RegionCount;

    /// <summary>The regions that a range of blocks lies in; the range has at least one block.</summary>
    public static RegionRange Of(long firstBlock, long blockCount)
    {
        var first = firstBlock >> Blocks.RegionShift;
        return new RegionRange(first, ((firstBlock + blockCount - 1) >> Blocks.RegionShift) - first + 1);
    }

    /// <summary>
    /// Adds a range to an ascending list, joined to the last one where they meet or overlap. The range must not start
    /// before the last one does.
    /// </summary>
    public static void Append(List<RegionRange> into, RegionRange range)
    {
        if (into.Count > 0 && into[^1] is var last && range.FirstRegion <= last.EndRegion)
        {
            if (range.EndRegion > last.EndRegion)
                into[^1] = last with { RegionCount = range.EndRegion - last.FirstRegion };
            return;
        }

        into.Add(range);
    }
}
