namespace Tidemark.Disks.Labels;

/// <summary>A kind of resource that can have labels.</summary>
/// <param name="Prefix">What it is called in the description of a resource, for example <c>volume</c>.</param>
/// <param name="Table">Its table.</param>
/// <param name="IdColumn">The column of ids.</param>
/// <param name="IdPrefix">What ids start with.</param>
/// <param name="HasUndelete">Whether rows may wait, deleted, for their undelete window to end.</param>
internal sealed record LabelledKind(string Prefix, string Table, string IdColumn, string IdPrefix, bool HasUndelete)
{
    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<LabelledKind> All =
    [
        new("volume", "disks", "disk_id", Identifiers.DiskPrefix, HasUndelete: true),
        new("snapshot", "snapshots", "snapshot_id", Identifiers.SnapshotPrefix, HasUndelete: true),
        new("snapshotgroup", "snapshot_groups", "group_id", Identifiers.GroupPrefix, HasUndelete: false),
        new("autosnapshotpolicy", "policies", "policy_id", Identifiers.PolicyPrefix, HasUndelete: false),
        new("diskbackup", "disk_backups", "backup_id", Identifiers.BackupPrefix, HasUndelete: false),
        new("instance", "instances", "instance_id", Identifiers.InstancePrefix, HasUndelete: false),
    ];

    /// <summary>The condition that a row is there.</summary>
    public string PresenceSql => HasUndelete ? " AND owner.deleted_ms IS NULL" : string.Empty;

    /// <summary>The kind of that name, or null.</summary>
    public static LabelledKind? Find(string prefix) => All.FirstOrDefault(kind => kind.Prefix == prefix);
}
