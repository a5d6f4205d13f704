using Tidemark.Engine.Format;

namespace Tidemark.Engine.Reclaim;

/// <summary>
/// Which segments are compacted. A segment is <i>thin</i> when little of what its file holds is alive, and <i>small</i>
/// when little is alive in it at all. Thin ones are rewritten as soon as it pays; small ones once there are several of
/// about the same size, so that each block moves a few times at most on its way into a full segment.
/// </summary>
public sealed record CompactionPolicy
{
    /// <summary>What suits a local store, where holes are punched and only lengths and file counts are left.</summary>
    public static CompactionPolicy Local { get; } = new();

    /// <summary>
    /// A segment with a smaller share of live bytes is thin, and one with fewer live blocks than this share of a full
    /// segment is small; percent, 0 for no compaction.
    /// </summary>
    public int LivePercentMin { get; init; } = 25;

    /// <summary>Segments shorter than this are never thin, only small.</summary>
    public long ThinBytesMin { get; init; } = 1L << 20;

    /// <summary>How many small segments of one size make them worth a merge; at least 2.</summary>
    public int SmallCountMin { get; init; } = 4;

    /// <summary>
    /// What it is worth to have one file less, in bytes of data or index that may be read and written for it.
    /// </summary>
    public long FileWorthBytes { get; init; } = 8L << 20;

    /// <summary>The most segments that are compacted together.</summary>
    public int SegmentsAtOnceMax { get; init; } = 1024;

    /// <summary>The most blocks that move together: 16 full segments.</summary>
    public long BlocksAtOnceMax { get; init; } = 16L * SegmentLayout.DataSlotsMax;

    /// <summary>
    /// Nothing is compacted while the store has less free space than this beside what the compaction takes, so that no
    /// writer is refused for it.
    /// </summary>
    public long FreeBytesMin { get; init; } = 256L << 20;

    /// <summary>Live blocks below which a segment is small.</summary>
    internal int SmallBlocksMax => SegmentLayout.DataSlotsMax * LivePercentMin / 100;
}
