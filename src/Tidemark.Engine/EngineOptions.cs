using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine;

/// <summary>What the engine is told when it opens.</summary>
public sealed record EngineOptions
{
    /// <summary>Bytes of unmanaged memory for the map cache of all disks and views together.</summary>
    public long MapBudgetBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Bytes of memory for what is known about which regions each group of layers touched, of all families together.
    /// </summary>
    public long GroupBudgetBytes { get; init; } = 32L << 20;

    /// <summary>How many layers are a group, and how many groups a larger one.</summary>
    internal int GroupMembers { get; init; } = Layers.LayerGroups.MembersDefault;

    /// <summary>
    /// Segment files kept open for reading, and a fourth as many index files. Those that are being written or read
    /// stay open beyond it.
    /// </summary>
    public int OpenFilesMax { get; init; } = 4096;

    /// <summary>Bytes of memory for the directories of index files.</summary>
    public long DirectoryBudgetBytes { get; init; } = 32L << 20;

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
