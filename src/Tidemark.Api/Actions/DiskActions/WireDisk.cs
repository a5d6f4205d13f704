using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>
/// A disk as the CBS API shows it, every documented member present; those that have no meaning here carry the value
/// that clients take for "nothing". ClientCount and SourceSnapshotId are extensions.
/// </summary>
internal sealed class WireDisk(Disk disk, DateTimeOffset now, bool showPolicies)
{
    private const int PercentDone = 100;
    private const int NotRefundablePostpaid = 10;

    public string DiskId => disk.DiskId;

    public string DiskName => disk.DiskName;

    public string DiskType => disk.DiskType;

    public long DiskSize => disk.DiskSizeGiB;

    public string DiskUsage => disk.DiskUsage;

    public string DiskState => disk.DiskState;

    public string DiskChargeType => disk.DiskChargeType;

    public bool Attached => disk.IsAttached;

    public string InstanceId => disk.InstanceId;

    /// <summary>The instances of a shared disk; none is shared here.</summary>
    public IReadOnlyList<string> InstanceIdList { get; } = [];

    public string InstanceType =>
        disk.InstanceId.StartsWith("eks-", StringComparison.Ordinal) ? "EKS" : "CVM";

    public string LastAttachInsId => disk.LastInstanceId;

    public string AttachMode => disk.AttachMode.Length == 0 ? "PF" : disk.AttachMode;

    public bool Portable => disk.IsPortable;

    public bool Shareable { get; }

    public bool DeleteWithInstance => disk.DeleteWithInstance;

    public WirePlacement Placement { get; } = new(disk.Zone, disk.ProjectId);

    public bool Encrypt { get; }

    public long ThroughputPerformance => disk.ThroughputPerformance;

    public bool BurstPerformance => disk.BurstPerformance;

    public bool SnapshotAbility { get; } = true;

    public int SnapshotCount => disk.SnapshotCount;

    /// <summary>In MiB, unlike every other size of the API.</summary>
    public long SnapshotSize => disk.SnapshotSizeMiB;

    /// <summary>Null unless the request asks for policies.</summary>
    public IReadOnlyList<string>? AutoSnapshotPolicyIds => showPolicies ? disk.PolicyIds : null;

    public int DeleteSnapshot => disk.DeleteSnapshot ? 1 : 0;

    public bool BackupDisk { get; }

    public long DiskBackupQuota => disk.BackupQuota;

    public long DiskBackupCount => disk.BackupCount;

    public bool Rollbacking => disk.DiskState == Disks.DiskState.RollingBack;

    public int RollbackPercent => Rollbacking ? 0 : PercentDone;

    public bool Migrating { get; }

    /// <summary>Clients wait for exactly 100 after a change of type.</summary>
    public int MigratePercent { get; } = PercentDone;

    public string ErrorPrompt => disk.ErrorPrompt;

    public IReadOnlyList<Tag> Tags => disk.Tags;

    public string CreateTime => WireTime.Plain(disk.CreateTime);

    public string DeadlineTime => disk.DeadlineTime is { } deadline ? WireTime.Plain(deadline) : "";

    public long? DifferDaysOfDeadline =>
        disk.DeadlineTime is { } deadline ? (long)Math.Floor((deadline - now).TotalDays) : null;

    public bool DeadlineError { get; }

    public bool AutoRenewFlagError { get; }

    public string RenewFlag => disk.RenewFlag;

    public bool IsReturnable => IsPrepaid;

    public int ReturnFailCode => IsPrepaid ? 0 : NotRefundablePostpaid;

    /// <summary>Extension: NBD clients connected now.</summary>
    public int ClientCount => disk.ClientCount;

    /// <summary>Extension: the snapshot that the disk was made from; empty when it started empty.</summary>
    public string SourceSnapshotId => disk.SourceSnapshotId ?? "";

    /// <summary>Extension: whether SnapshotSize is of these snapshots and less than a minute old.</summary>
    public bool SnapshotSizeIsCurrent => disk.SnapshotSizeIsCurrent;

    private bool IsPrepaid => disk.DiskChargeType == ChargeType.Prepaid;
}
