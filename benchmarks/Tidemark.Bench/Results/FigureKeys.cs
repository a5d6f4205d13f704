namespace Tidemark.Bench.Results;

/// <summary>The figures and series that bars and plots look for.</summary>
internal static class FigureKeys
{
    /// <summary>Snapshot create under load, median and p99; the probe's p99 beside it.</summary>
    public const string CreateP50 = "create.p50", CreateP99 = "create.p99", ProbeP99 = "create.probe.p99";

    /// <summary>Snapshot create at 16 TiB to that at 1 GiB.</summary>
    public const string CreateLargeRatio = "create.16tib.ratio";

    /// <summary>Snapshot create around the last of 1,000 to that around the first.</summary>
    public const string CreateLastRatio = "create.last.ratio";

    /// <summary>How many snapshots there were in the end.</summary>
    public const string SnapshotCount = "create.count";

    /// <summary>The longest write with cuts beyond that without.</summary>
    public const string StallOne = "stall.one", StallGroup = "stall.group";

    /// <summary>Rollback and clone, at 1 GiB and at 16 TiB; the catalog's commit that is in them.</summary>
    public const string RollbackSmall = "rollback.1gib", RollbackLarge = "rollback.16tib",
        CloneSmall = "clone.1gib", CloneLarge = "clone.16tib", CommitMs = "commit";

    /// <summary>Listing what changed, in runs and scattered.</summary>
    public const string DiffRuns = "diff.runs", DiffScattered = "diff.scattered";

    /// <summary>
    /// Space back after a deletion: by when the long runs were, how much was in the end, at what cost.
    /// </summary>
    public const string BackSecondsPerGiB = "back.seconds-per-gib", BackShare = "back.share",
        BackCores = "back.cores";

    /// <summary>The tail of writes while space is given back, to that of an idle time.</summary>
    public const string BackgroundP99Ratio = "background.p99.ratio";

    /// <summary>Bytes written for each byte of a client.</summary>
    public const string WrittenOnce = "written.once", WrittenSteady = "written.steady";

    /// <summary>Bytes taken for each byte that a disk holds.</summary>
    public const string SpaceTaken = "space.taken", SpaceWaitSeconds = "space.wait";

    /// <summary>From the start after a kill to the server's answer, and a disk's first read.</summary>
    public const string CrashReady = "crash.ready", CrashOpen = "crash.open";

    /// <summary>Memory: the option, what an idle server takes, and the peaks.</summary>
    public const string MemoryOption = "memory.option", MemoryIdle = "memory.idle", MemoryLarge = "memory.16tib",
        MemoryMany = "memory.disks", MemoryDisks = "memory.disks.count";

    /// <summary>Series over the number of snapshots.</summary>
    public const string CreateP50Series = "create.p50.series", CreateP99Series = "create.p99.series",
        WriteP99Series = "write.p99.series", WriteP50Series = "write.p50.series", ReturnedSeries = "back.series";
}
