namespace Tidemark.Disks.Snapshots;

/// <summary>A snapshot as the API shows it. Times are UTC.</summary>
public sealed record Snapshot
{
    /// <summary><c>snap-</c> and eight lower-case letters or digits.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>At most 60 characters; not unique.</summary>
    public required string SnapshotName { get; init; }

    /// <summary>The disk that it was taken of; the disk may be gone.</summary>
    public required string DiskId { get; init; }

    /// <summary>The sealed layer that it names.</summary>
    public required long LayerId { get; init; }

    /// <summary>GiB of the disk at that time.</summary>
    public required long DiskSizeGiB { get; init; }

    /// <summary>One of <see cref="Disks.DiskUsage"/>.</summary>
    public required string DiskUsage { get; init; }

    /// <summary>One of <see cref="Snapshots.SnapshotState"/>.</summary>
    public required string SnapshotState { get; init; }

    /// <summary>Progress of creation, 0 to 100.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>Why it was taken: one of <see cref="SnapshotOrigin"/>.</summary>
    public string Origin { get; init; } = SnapshotOrigin.Manual;

    /// <summary>The group that it was cut with; empty when alone.</summary>
    public string GroupId { get; init; } = string.Empty;

    /// <summary>The policy that took it; empty when none did.</summary>
    public string PolicyId { get; init; } = string.Empty;

    /// <summary>The snapshot of another region that it is a copy of; empty when it is none.</summary>
    public string CopySourceId { get; init; } = string.Empty;

    /// <summary>Whether it is kept from deletion and change.</summary>
    public bool IsLocked { get; init; }

    /// <summary>What it is consistent with: <c>crash</c>, <c>filesystem</c> or <c>application</c>.</summary>
    public string Consistency { get; init; } = "crash";

    /// <summary>When it was deleted, while it can still be brought back; null for one that is there.</summary>
    public DateTimeOffset? DeletedTime { get; init; }

    /// <summary>The disk's zone at that time.</summary>
    public required string Zone { get; init; }

    /// <summary>The disk's project at that time.</summary>
    public long ProjectId { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset ModifyTime { get; init; }

    /// <summary>When it is deleted by itself; null when permanent.</summary>
    public DateTimeOffset? DeadlineTime { get; init; }

    /// <summary>True when it stays until somebody deletes it.</summary>
    public bool IsPermanent => DeadlineTime is null;

    /// <summary>Accounts that it is shared with.</summary>
    public int ShareCount { get; init; }

    /// <summary>When it was first shared with one of them; null when with none.</summary>
    public DateTimeOffset? ShareStartTime { get; init; }

    /// <summary>Whether it is another account's, shared with the one who asks.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Regions that copies of it are being made in.</summary>
    public IReadOnlyList<string> CopyingToRegions { get; init; } = [];

    /// <summary>Labels, by key.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
