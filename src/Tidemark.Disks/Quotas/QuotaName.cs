namespace Tidemark.Disks.Quotas;

/// <summary>What there is a limit on, for each account and region.</summary>
public static class QuotaName
{
    /// <summary>Disks, those in the recycle bin included.</summary>
    public const string Disks = "disks";

    /// <summary>Snapshots.</summary>
    public const string Snapshots = "snapshots";

    /// <summary>Bytes that all snapshots together keep from being freed.</summary>
    public const string SnapshotBytes = "snapshot-bytes";

    /// <summary>Policies that take snapshots.</summary>
    public const string Policies = "policies";

    /// <summary>Labels of one resource.</summary>
    public const string Tags = "tags";

    /// <summary>All of them, in the order of lists.</summary>
    public static readonly IReadOnlyList<string> All = [Disks, Snapshots, SnapshotBytes, Policies, Tags];
}
