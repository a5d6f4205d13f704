namespace Tidemark.Disks;

/// <summary>
/// What one or more alike disks are created from. Names of members follow the API; null means not given.
/// </summary>
public sealed record CreateDisksRequest
{
    /// <summary>The zone; must be one of the region's. The default zone when null.</summary>
    public string? Zone { get; init; }

    /// <summary>The project; 0 when null.</summary>
    public long? ProjectId { get; init; }

    /// <summary>One of <see cref="ChargeType"/>; postpaid when null.</summary>
    public string? DiskChargeType { get; init; }

    /// <summary>One of <see cref="Disks.DiskType"/>; the default one when null.</summary>
    public string? DiskType { get; init; }

    /// <summary>
    /// At most 60 bytes; <c>unnamed</c> when null or empty. Several disks get <c>_0</c>, <c>_1</c>, … appended.
    /// </summary>
    public string? DiskName { get; init; }

    /// <summary>1 to 32768 GiB; the snapshot's size when null and a snapshot is given.</summary>
    public long? DiskSize { get; init; }

    /// <summary>1 to 50; 1 when null.</summary>
    public long? DiskCount { get; init; }

    /// <summary>The snapshot that the disks start from.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Labels; at most 50, keys unique.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>
    /// At most 64 ASCII characters: a repeated request with the same token and content gets the same disks.
    /// </summary>
    public string? ClientToken { get; init; }

    /// <summary>Months of a prepaid disk: 1 to 12, 24 or 36. Required when prepaid.</summary>
    public long? PrepaidPeriod { get; init; }

    /// <summary>Renewal flag of a prepaid disk.</summary>
    public string? RenewFlag { get; init; }

    /// <summary>Extra throughput in MiB/s; counts when performance is enforced.</summary>
    public long? ThroughputPerformance { get; init; }

    /// <summary>Whether it may save up what it did not use; counts when performance is enforced.</summary>
    public bool? BurstPerformance { get; init; }

    /// <summary>How many backup points a disk may have: 0 to 1024; 0 when null.</summary>
    public long? DiskBackupQuota { get; init; }

    /// <summary>0 or 1: whether non-permanent snapshots go with the disk.</summary>
    public long? DeleteSnapshot { get; init; }

    /// <summary><c>ENCRYPT</c> asks for encryption, which is refused here.</summary>
    public string? Encrypt { get; init; }

    /// <summary><c>ENCRYPT_V1</c> or <c>ENCRYPT_V2</c> asks for encryption too, and is refused.</summary>
    public string? EncryptType { get; init; }

    /// <summary>True asks for a shared disk, which is refused here.</summary>
    public bool? Shareable { get; init; }
}
