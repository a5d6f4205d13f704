using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>The workloads, in fio's terms.</summary>
internal static class Workloads
{
    /// <summary>4 KiB random reads, one at a time.</summary>
    public static Workload ReadOne { get; } = new("4 KiB random read, depth 1", "randread", "4k", 1);

    /// <summary>4 KiB random reads, many at a time.</summary>
    public static Workload ReadMany { get; } = new("4 KiB random read, depth 32", "randread", "4k", 32);

    /// <summary>4 KiB random writes, one at a time.</summary>
    public static Workload WriteOne { get; } = new("4 KiB random write, depth 1", "randwrite", "4k", 1);

    /// <summary>4 KiB random writes, many at a time.</summary>
    public static Workload WriteMany { get; } = new("4 KiB random write, depth 32", "randwrite", "4k", 32);

    /// <summary>Seven reads in ten requests.</summary>
    public static Workload Mix { get; } = new("4 KiB 70/30 mix, depth 32", "randrw", "4k", 32);

    /// <summary>128 KiB reads in order.</summary>
    public static Workload ReadInOrder { get; } = new("128 KiB sequential read, depth 8", "read", "128k", 8);

    /// <summary>128 KiB writes in order.</summary>
    public static Workload WriteInOrder { get; } = new("128 KiB sequential write, depth 8", "write", "128k", 8);

    /// <summary>A flush after every 4 KiB write.</summary>
    public static Workload WriteAndSync { get; } =
        new("4 KiB write + fsync each, depth 1", "randwrite", "4k", 1) { IsSyncing = true };

    /// <summary>What all peers are compared in.</summary>
    public static IReadOnlyList<Workload> Main { get; } =
        [ReadOne, ReadMany, WriteOne, WriteMany, Mix, ReadInOrder, WriteInOrder, WriteAndSync];
}
