namespace Tidemark.Disks;

/// <summary>The states of a disk, as the API spells them.</summary>
public static class DiskState
{
    /// <summary>Ready, attached to nothing.</summary>
    public const string Unattached = "UNATTACHED";

    /// <summary>Attached to an instance.</summary>
    public const string Attached = "ATTACHED";

    /// <summary>Being attached.</summary>
    public const string Attaching = "ATTACHING";

    /// <summary>Being detached.</summary>
    public const string Detaching = "DETACHING";

    /// <summary>Being enlarged.</summary>
    public const string Expanding = "EXPANDING";

    /// <summary>A rollback is running.</summary>
    public const string RollingBack = "ROLLBACKING";

    /// <summary>In the recycle bin: kept for some days, not usable.</summary>
    public const string ToRecycle = "TORECYCLE";
}
