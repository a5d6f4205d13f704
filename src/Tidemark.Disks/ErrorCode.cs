namespace Tidemark.Disks;

/// <summary>
/// The error codes that the domain uses. Clients retry <c>Resource*</c> codes for minutes, so lasting refusals never
/// use them.
/// </summary>
public static class ErrorCode
{
    /// <summary>The filter's name is not one that the list knows.</summary>
    public const string InvalidFilter = "InvalidFilter";

    /// <summary>Parameters contradict each other.</summary>
    public const string InvalidParameter = "InvalidParameter";

    /// <summary>The same client token came before with another content.</summary>
    public const string InvalidClientToken = "InvalidParameter.InvalidClientToken";

    /// <summary>This disk configuration is not offered here.</summary>
    public const string DiskConfigNotSupported = "InvalidParameter.DiskConfigNotSupported";

    /// <summary>The size of the disk does not fit the snapshot.</summary>
    public const string DiskSizeNotMatch = "InvalidParameter.DiskSizeNotMatch";

    /// <summary>A value is out of range or malformed.</summary>
    public const string InvalidParameterValue = "InvalidParameterValue";

    /// <summary>Too many values in one request.</summary>
    public const string TooManyValues = "InvalidParameterValue.LimitExceeded";

    /// <summary>A required parameter is absent.</summary>
    public const string MissingParameter = "MissingParameter";

    /// <summary>No such disk.</summary>
    public const string DiskNotFound = "InvalidDiskId.NotFound";

    /// <summary>No such snapshot.</summary>
    public const string SnapshotNotFound = "InvalidSnapshotId.NotFound";

    /// <summary>The snapshot cannot be used for this.</summary>
    public const string SnapshotNotSupported = "InvalidSnapshot.NotSupported";

    /// <summary>The disk cannot be used for this.</summary>
    public const string DiskNotSupported = "InvalidDisk.NotSupported";

    /// <summary>The disk is in the recycle bin.</summary>
    public const string DiskExpired = "InvalidDisk.Expire";

    /// <summary>No room for another snapshot.</summary>
    public const string SnapshotQuota = "InsufficientSnapshotQuota";

    /// <summary>
    /// The state does not allow it, and will not by itself: a client is connected, or the disk is attached.
    /// </summary>
    public const string WrongState = "UnsupportedOperation.StateError";

    /// <summary>Another operation holds the resource for a moment; try again.</summary>
    public const string Busy = "ResourceBusy";

    /// <summary>The operation failed inside; the message says how.</summary>
    public const string OperationFailed = "InternalError.ResourceOpFailed";

    /// <summary>No such action.</summary>
    public const string InvalidAction = "InvalidParameterValue.InvalidAction";

    /// <summary>No such project.</summary>
    public const string ProjectIdNotExist = "InvalidParameter.ProjectIdNotExist";

    /// <summary>A policy has too many disks, or a disk too many policies.</summary>
    public const string BindDiskLimitExceeded = "InvalidParameterValue.BindDiskLimitExceeded";

    /// <summary>No such policy.</summary>
    public const string PolicyNotFound = "InvalidAutoSnapshotPolicyId.NotFound";

    /// <summary>No such instance.</summary>
    public const string InstanceNotFound = "InvalidInstanceId.NotFound";

    /// <summary>The instance cannot take disks now.</summary>
    public const string InstanceNotSupported = "InvalidInstance.NotSupported";

    /// <summary>No such group, backup point or other resource.</summary>
    public const string ResourceNotFound = "ResourceNotFound.NotFound";

    /// <summary>The disk is bound to the policy already.</summary>
    public const string DiskAlreadyBound = "InvalidDisk.AlreadyBound";

    /// <summary>Another operation holds the disk; clients do not try again by themselves.</summary>
    public const string DiskBusy = "InvalidDisk.Busy";

    /// <summary>The operation is not for disks of this kind.</summary>
    public const string DiskTypeError = "InvalidDisk.TypeError";

    /// <summary>The disk cannot be attached and detached.</summary>
    public const string DiskNotPortable = "InvalidDisk.NotPortable";

    /// <summary>Too many policies.</summary>
    public const string PolicyQuota = "LimitExceeded.AutoSnapshotPolicyOutOfQuota";

    /// <summary>Too many disks on the instance.</summary>
    public const string InstanceDisksMax = "LimitExceeded.InstanceAttachedDisk";

    /// <summary>Too many labels.</summary>
    public const string TagQuota = "LimitExceeded.TagQuotaLimitExceeded";

    /// <summary>A quota other than that of snapshots is used up.</summary>
    public const string OverQuota = "ResourceInsufficient.OverQuota";

    /// <summary>A rollback of the disk is running.</summary>
    public const string DiskRollingBack = "ResourceInUse.DiskRollbacking";

    /// <summary>The snapshot is being copied to that region.</summary>
    public const string CopyConflict = "ResourceInUse.CopySnapshotConflict";

    /// <summary>The disk is attached to another instance.</summary>
    public const string AttachedElsewhere = "ResourceUnavailable.Attached";

    /// <summary>Disk and instance are in different zones.</summary>
    public const string ZoneNotMatch = "ResourceUnavailable.ZoneNotMatch";

    /// <summary>The resource does not allow this in its state.</summary>
    public const string NotSupportedNow = "ResourceUnavailable.NotSupported";

    /// <summary>The snapshot is not complete yet.</summary>
    public const string SnapshotCreating = "ResourceUnavailable.SnapshotCreating";

    /// <summary>The backup point is not complete yet.</summary>
    public const string BackupCreating = "ResourceUnavailable.DiskBackupCreating";

    /// <summary>The disk is in the recycle bin.</summary>
    public const string DiskInRecycleBin = "ResourceUnavailable.Expire";

    /// <summary>This server does not do this; the message says why.</summary>
    public const string Unsupported = "UnsupportedOperation";

    /// <summary>The snapshot is shared; end that first.</summary>
    public const string SnapshotShared = "UnsupportedOperation.SnapHasShared";

    /// <summary>The snapshot cannot be copied.</summary>
    public const string SnapshotNotCopyable = "UnsupportedOperation.SnapshotNotSupportCopy";

    /// <summary>The instance runs; stop it first.</summary>
    public const string InstanceNotStopped = "UnsupportedOperation.InstanceNotStopped";

    /// <summary>Disks of the group are attached to several instances.</summary>
    public const string GroupOnSeveralInstances = "UnsupportedOperation.SnapshotGroupDiskAttachMultiInstance";

    /// <summary>The key may not do this.</summary>
    public const string Unauthorized = "UnauthorizedOperation";
}
