using Tidemark.Catalog;

namespace Tidemark.Disks.Snapshots;

/// <summary>What a snapshot is created from; null means not given.</summary>
public sealed record CreateSnapshotRequest
{
    /// <summary>The disk; required.</summary>
    public string? DiskId { get; init; }

    /// <summary>At most 60 characters; <c>unnamed</c> when null or empty.</summary>
    public string? SnapshotName { get; init; }

    /// <summary>When it is to be deleted by itself, at least one day ahead; permanent when null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Labels; at most 50, keys unique.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>One of <see cref="Disks.DiskUsage"/>; the disk's when null.</summary>
    public string? DiskUsage { get; init; }

    /// <summary>The policy whose schedule takes it, which also gives the deadline; empty when none does.</summary>
    internal string PolicyId { get; init; } = string.Empty;

    /// <summary>What else is checked and written in the snapshot's transaction; may refuse by throwing.</summary>
    internal Action<SqlTransaction, string>? Within { get; init; }
}
