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
}
