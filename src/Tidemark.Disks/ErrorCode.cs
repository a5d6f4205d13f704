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
}
