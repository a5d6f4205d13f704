using Tidemark.Disks.Accounts;

namespace Tidemark.Disks;

/// <summary>A disk as the API shows it. Times are UTC.</summary>
public sealed record Disk
{
    /// <summary><c>disk-</c> and eight lower-case letters or digits.</summary>
    public required string DiskId { get; init; }

    /// <summary>At most 60 bytes of UTF-8; not unique.</summary>
    public required string DiskName { get; init; }

    /// <summary>One of <see cref="DiskType"/>.</summary>
    public required string DiskType { get; init; }

    /// <summary>Size in GiB.</summary>
    public required long DiskSizeGiB { get; init; }

    /// <summary>One of <see cref="Disks.DiskUsage"/>.</summary>
    public required string DiskUsage { get; init; }

    /// <summary>One of <see cref="Disks.DiskState"/>.</summary>
    public required string DiskState { get; init; }

    /// <summary>One of <see cref="ChargeType"/>.</summary>
    public required string DiskChargeType { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The project; 0 is the default one.</summary>
    public long ProjectId { get; init; }

    /// <summary>The instance that it is attached to; empty when none.</summary>
    public string InstanceId { get; init; } = string.Empty;

    /// <summary>The instance that it was attached to last; empty when it never was.</summary>
    public string LastInstanceId { get; init; } = string.Empty;

    /// <summary>Whether it is terminated together with its instance.</summary>
    public bool DeleteWithInstance { get; init; }

    /// <summary>PF or VF, as asked for when it was attached; empty when not said.</summary>
    public string AttachMode { get; init; } = string.Empty;

    /// <summary>Whether it is elastic: can be attached, detached, and grow.</summary>
    public bool IsPortable { get; init; } = true;

    /// <summary>How many backup points it may have.</summary>
    public int BackupQuota { get; init; }

    /// <summary>How many backup points it has.</summary>
    public int BackupCount { get; init; }

    /// <summary>Months by which a prepaid disk renews itself; 0 when it does not.</summary>
    public int AutoRenewPeriod { get; init; }

    /// <summary>Policies that take snapshots of it, by id.</summary>
    public IReadOnlyList<string> PolicyIds { get; init; } = [];

    /// <summary>When it was terminated, while it can still be brought back; null for a disk that is there.</summary>
    public DateTimeOffset? DeletedTime { get; init; }

    /// <summary>Whose it is, and in which region.</summary>
    public Scope Home => new(AccountId, Region);

    /// <summary>True while attached to an instance.</summary>
    public bool IsAttached => InstanceId.Length > 0;

    /// <summary>NBD clients connected to the disk now.</summary>
    public int ClientCount { get; init; }

    /// <summary>
    /// True when non-permanent snapshots go with the disk even if the request to terminate does not say so.
    /// </summary>
    public bool DeleteSnapshot { get; init; }

    /// <summary>Extra throughput in MiB/s; counts when performance is enforced.</summary>
    public long ThroughputPerformance { get; init; }

    /// <summary>Whether it may save up what it did not use; counts when performance is enforced.</summary>
    public bool BurstPerformance { get; init; }

    /// <summary>Renewal flag of a prepaid disk.</summary>
    public string RenewFlag { get; init; } = "NOTIFY_AND_MANUAL_RENEW";

    /// <summary>The last failed operation in words; empty when none failed.</summary>
    public string ErrorPrompt { get; init; } = string.Empty;

    /// <summary>The snapshot that the disk was made from; null for an empty disk.</summary>
    public string? SourceSnapshotId { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>
    /// When a prepaid disk expires, or when a disk in the recycle bin is destroyed; null for postpaid.
    /// </summary>
    public DateTimeOffset? DeadlineTime { get; init; }

    /// <summary>How many snapshots the disk has.</summary>
    public int SnapshotCount { get; init; }

    /// <summary>
    /// MiB that would come back if all snapshots of the disk were deleted, rounded up, as measured last; 0 before the
    /// first look.
    /// </summary>
    public long SnapshotSizeMiB { get; init; }

    /// <summary>Whether <see cref="SnapshotSizeMiB"/> is of these snapshots and less than a minute old.</summary>
    public bool SnapshotSizeIsCurrent { get; init; } = true;

    /// <summary>Labels, by key.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
