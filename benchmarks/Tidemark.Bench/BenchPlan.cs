namespace Tidemark.Bench;

/// <summary>What is measured, and how long.</summary>
internal sealed record BenchPlan
{
    /// <summary>The repository.</summary>
    public required string Root { get; init; }

    /// <summary>True to leave the comparison with the peer out.</summary>
    public bool IsSnapshotsOnly { get; init; }

    /// <summary>True for a short run, whose figures only show that it works.</summary>
    public bool IsQuick { get; init; }

    /// <summary>How often product and peer take turns.</summary>
    public int PairCount => IsQuick ? 3 : 7;

    /// <summary>Length of one measurement.</summary>
    public int Seconds => IsQuick ? 2 : 10;

    /// <summary>The part of the disk that is worked on; it is filled first, and fits into memory.</summary>
    public int WorkingSetMiB => IsQuick ? 256 : 1024;

    /// <summary>The data on the disk that snapshots are taken of.</summary>
    public int SnapshotDataMiB => IsQuick ? 256 : 4096;

    /// <summary>How many snapshots are taken under load.</summary>
    public int SnapshotCount => IsQuick ? 40 : 200;

    /// <summary>Size of the disk that snapshots are taken of.</summary>
    public int SnapshotDiskGiB { get; } = 1024;

    /// <summary>What is compared.</summary>
    public IReadOnlyList<Workload> Workloads => IsSnapshotsOnly ? [] : AllWorkloads;

    private static IReadOnlyList<Workload> AllWorkloads { get; } =
    [
        new("4 KiB random read, depth 1", "randread", "4k", 1),
        new("4 KiB random read, depth 32", "randread", "4k", 32),
        new("4 KiB random write, depth 1", "randwrite", "4k", 1),
        new("4 KiB random write, depth 32", "randwrite", "4k", 32),
        new("128 KiB sequential read, depth 8", "read", "128k", 8),
        new("128 KiB sequential write, depth 8", "write", "128k", 8),
    ];

    /// <summary>Where both keep their data: one file system for product and peer.</summary>
    public string WorkFolder => Path.Combine(Root, "artifacts", "bench");

    /// <summary>Reads <c>--root DIR [--quick]</c>.</summary>
    public static BenchPlan Parse(string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--root");
        var unknown = arguments
            .Where((text, index) => text is not ("--quick" or "--snapshots") && index != at && index != at + 1)
            .ToList();
        if (unknown.Count > 0)
        {
            var words = string.Join(' ', unknown);
            throw new ArgumentException($"Unknown: {words}. Usage: ./bench [--quick] [--snapshots]");
        }

        return new BenchPlan
        {
            Root = at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : Directory.GetCurrentDirectory(),
            IsQuick = arguments.Contains("--quick"),
            IsSnapshotsOnly = arguments.Contains("--snapshots"),
        };
    }
}
