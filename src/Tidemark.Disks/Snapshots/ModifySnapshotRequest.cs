namespace Tidemark.Disks.Snapshots;

/// <summary>What is to be changed of a snapshot; null means not given. At least one must be.</summary>
public sealed record ModifySnapshotRequest
{
    /// <summary>The snapshot; required.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The new name, at most 60 bytes; empty is taken as not given.</summary>
    public string? SnapshotName { get; init; }

    /// <summary>True: it stays until somebody deletes it. False: it goes at its deadline.</summary>
    public bool? IsPermanent { get; init; }

    /// <summary>
    /// When it goes, at least one day ahead; makes it temporary. Without effect when <see cref="IsPermanent"/> is true.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }
}
