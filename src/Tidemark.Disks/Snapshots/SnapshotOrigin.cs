namespace Tidemark.Disks.Snapshots;

/// <summary>Why a snapshot was taken.</summary>
public static class SnapshotOrigin
{
    /// <summary>Somebody asked for it.</summary>
    public const string Manual = "manual";

    /// <summary>A policy's schedule.</summary>
    public const string Policy = "policy";

    /// <summary>It keeps what a rollback replaced.</summary>
    public const string Safety = "safety";

    /// <summary>It is a member of a group.</summary>
    public const string Group = "group";

    /// <summary>It is a copy of a snapshot of another region.</summary>
    public const string Copy = "copy";

    /// <summary>It was a backup point.</summary>
    public const string Backup = "backup";
}
