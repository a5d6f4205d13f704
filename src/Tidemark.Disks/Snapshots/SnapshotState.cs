namespace Tidemark.Disks.Snapshots;

/// <summary>The states of a snapshot, as the API spells them.</summary>
public static class SnapshotState
{
    /// <summary>Complete.</summary>
    public const string Normal = "NORMAL";

    /// <summary>Being created.</summary>
    public const string Creating = "CREATING";

    /// <summary>A disk is being rolled back to it.</summary>
    public const string RollingBack = "ROLLBACKING";

    /// <summary>A copy whose content is being fetched.</summary>
    public const string CopyingFromRemote = "COPYING_FROM_REMOTE";

    /// <summary>A copy whose content is being verified.</summary>
    public const string CheckingCopied = "CHECKING_COPIED";
}
