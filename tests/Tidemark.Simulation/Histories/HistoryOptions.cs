using Tidemark.Engine.Reclaim;

namespace Tidemark.Simulation.Histories;

/// <summary>What a family of histories has in common.</summary>
internal sealed record HistoryOptions
{
    /// <summary>The map's budget; small ones evict all the time.</summary>
    public long MapBudgetBytes { get; init; } = 1;

    /// <summary>What is compacted: by default as much as can be, so that it happens all the time.</summary>
    public CompactionPolicy Compaction { get; init; } = new()
    {
        LivePercentMin = 90,
        ThinBytesMin = 0,
        SmallCountMin = 2,
        FreeBytesMin = 0,
    };

    /// <summary>True to spoil one read now and then: a canary that proves that the comparison can fail.</summary>
    public bool HasCanary { get; init; }
}
