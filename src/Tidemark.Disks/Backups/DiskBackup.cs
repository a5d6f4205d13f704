namespace Tidemark.Disks.Backups;

/// <summary>A backup point of a disk: it lives and dies with the disk. Times are UTC.</summary>
public sealed record DiskBackup
{
    /// <summary><c>dbp-</c> and eight lower-case letters or digits.</summary>
    public required string BackupId { get; init; }

    /// <summary>At most 100 characters; not unique.</summary>
    public required string BackupName { get; init; }

    /// <summary>The disk that it was taken of.</summary>
    public required string DiskId { get; init; }

    /// <summary>The sealed layer that it names.</summary>
    public required long LayerId { get; init; }

    /// <summary>GiB of the disk at that time.</summary>
    public required long DiskSizeGiB { get; init; }

    /// <summary>One of <see cref="Disks.DiskUsage"/>.</summary>
    public required string DiskUsage { get; init; }

    /// <summary>One of <see cref="Snapshots.SnapshotState"/>.</summary>
    public required string BackupState { get; init; }

    /// <summary>Progress of creation, 0 to 100.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreateTime { get; init; }
}
