using Tidemark.Engine.Format;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Reclaim;

/// <summary>How much of a segment is alive.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="LiveBlocks">Data blocks that the layer's published index refers to.</param>
/// <param name="LengthBytes">The length of the file.</param>
internal readonly record struct SegmentLiveness(long SegmentId, long LiveBlocks, long LengthBytes)
{
    /// <summary>
    /// True when the live blocks are a small share of the file. A rewrite must at least halve the file, so that what it
    /// makes is never thin itself.
    /// </summary>
    public bool IsThin(CompactionPolicy policy) =>
        LengthBytes >= policy.ThinBytesMin
        && (LiveBlocks << Blocks.SizeShift) * 100 < LengthBytes * policy.LivePercentMin
        && LengthBytes >= 2 * RewrittenBytesMax;

    /// <summary>True when so little is alive that the blocks should share a file with others.</summary>
    public bool IsSmall(CompactionPolicy policy) => LiveBlocks < policy.SmallBlocksMax;

    /// <summary>Small segments of one level differ in size by a factor of four at most.</summary>
    public int Level => (System.Numerics.BitOperations.Log2((uint)Math.Max(LiveBlocks, 1)) / 2);

    private long RewrittenBytesMax => Blocks.SizeBytes + (LiveBlocks << Blocks.SizeShift)
        + FooterWriter.LengthBytesMax((int)LiveBlocks, 0, LiveBlocks);
}
