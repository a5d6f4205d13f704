using Tidemark.Engine.Format;
using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Index;

/// <summary>When two neighbours may become one, for extents in an index and for dead slots.</summary>
internal static class ExtentJoin
{
    /// <summary>The longest data extent that joining makes: a region, so that one lookup takes few checksums.</summary>
    public const int DataBlocksMax = Blocks.RegionBlocks;

    /// <summary>
    /// True when <paramref name="next"/> goes on exactly where <paramref name="extent"/> ends, in blocks and in slots,
    /// with the same sequence, and the two together are not too long.
    /// </summary>
    public static bool CanJoin(in Extent extent, in Extent next)
    {
        if (extent.EndBlock != next.FirstBlock
            || extent.Sequence != next.Sequence
            || extent.SegmentId != next.SegmentId)
        {
            return false;
        }

        var blockCount = (long)extent.BlockCount + next.BlockCount;
        return extent.IsZero
            ? blockCount <= Blocks.ExtentBlocksMax
            : blockCount <= DataBlocksMax && extent.Slot + extent.BlockCount == next.Slot;
    }

    /// <summary>
    /// Adds the slots of <paramref name="extent"/> from <paramref name="firstBlock"/> to before
    /// <paramref name="endBlock"/>, joined to the last range when they go on there. Zero extents have no slots.
    /// </summary>
    public static void AddDead(List<DeadRange> dead, in Extent extent, long firstBlock, long endBlock)
    {
        if (extent.IsZero || firstBlock >= endBlock)
            return;
        var slot = extent.Slot + (int)(firstBlock - extent.FirstBlock);
        var slotCount = (int)(endBlock - firstBlock);
        if (dead.Count > 0 && dead[^1] is var last
            && last.SegmentId == extent.SegmentId && last.Slot + last.SlotCount == slot)
        {
            dead[^1] = last with { SlotCount = last.SlotCount + slotCount };
            return;
        }

        dead.Add(new DeadRange(extent.SegmentId, slot, slotCount));
    }
}
