using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Segments;

/// <summary>A segment's file on loan from <see cref="SegmentFiles"/>, which guards the counters.</summary>
internal sealed class LentFile(long segmentId, StoreFile file)
{
    /// <summary>The segment.</summary>
    public long SegmentId { get; } = segmentId;

    /// <summary>The open file.</summary>
    public StoreFile File { get; } = file;

    /// <summary>How many readers hold it now.</summary>
    public int Readers { get; set; }

    /// <summary>Used since the clock last passed.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Out of the set; closed with the last reader.</summary>
    public bool IsForgotten { get; set; }
}
