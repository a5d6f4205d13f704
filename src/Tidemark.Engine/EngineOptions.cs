using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine;

/// <summary>What the engine is told when it opens.</summary>
public sealed record EngineOptions
{
    /// <summary>Bytes of unmanaged memory for the map cache of all disks and views together.</summary>
    public long MapBudgetBytes { get; init; } = 256L << 20;

    /// <summary>
    /// What tells one start of the machine from another (on Linux the kernel's boot id); null when unknown. When it has
    /// changed since a session that was not closed, power may have been lost, and every disk's boot generation is
    /// raised.
    /// </summary>
    public string? BootId { get; init; }

    /// <summary>Which segments are compacted, and when it is worth it.</summary>
    public CompactionPolicy Compaction { get; init; } = CompactionPolicy.Local;

    /// <summary>
    /// Where the engine says what happened that a person should know (recovery, corruption, faults); never the data
    /// path's success.
    /// </summary>
    public Action<EngineMessage>? Log { get; init; }

    /// <summary>
    /// Told of each piece of background work, at its begin and at its end, on the thread that steps, so that a host
    /// with a clock can measure it. It must be quick and must not throw.
    /// </summary>
    public Action<EngineWork>? OnWork { get; init; }
}
