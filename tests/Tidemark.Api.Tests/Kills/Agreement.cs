using Tidemark.Catalog;
using Tidemark.Engine;

namespace Tidemark.Api.Tests.Kills;

/// <summary>
/// Whether rows, the engine's names and figures agree. Holds at every moment when nothing is being changed.
/// </summary>
internal static class Agreement
{
    // Each query finds what should not be there.
    private static readonly (string What, string Sql)[] Rules =
    [
        ("layers whose names are not the snapshots and backup points that use them",
            """
            SELECT 'layer ' || layer_id || ' has ' || name_count || ' names' FROM layers WHERE name_count <>
                (SELECT count(*) FROM snapshots WHERE snapshots.layer_id = layers.layer_id) +
                (SELECT count(*) FROM disk_backups WHERE disk_backups.layer_id = layers.layer_id)
            """),
        ("snapshots and backup points without their layer",
            """
            SELECT snapshot_id FROM snapshots WHERE layer_id NOT IN (SELECT layer_id FROM layers WHERE is_sealed)
            UNION SELECT backup_id FROM disk_backups WHERE layer_id NOT IN (SELECT layer_id FROM layers WHERE is_sealed)
            """),
        ("disks that the engine lacks",
            "SELECT disk_id FROM disks WHERE disk_id NOT IN (SELECT disk_id FROM engine_disks)"),
        ("disks that only the engine has",
            """
            SELECT disk_id FROM engine_disks WHERE disk_id NOT IN (SELECT disk_id FROM disks)
                AND disk_id NOT IN (SELECT disk_id FROM pending_drops)
            """),
        ("disks with another size in the engine",
            """
            SELECT disk_id FROM disks JOIN engine_disks USING (disk_id) WHERE disks.size_gib << 30 <> size_bytes
            """),
        ("disks both there and decided to be removed",
            "SELECT disk_id FROM disks WHERE disk_id IN (SELECT disk_id FROM pending_drops)"),
        ("tags of nothing",
            """
            SELECT resource_id FROM tags WHERE resource_id NOT IN (
                SELECT disk_id FROM disks UNION SELECT snapshot_id FROM snapshots
                UNION SELECT group_id FROM snapshot_groups UNION SELECT policy_id FROM policies
                UNION SELECT backup_id FROM disk_backups
                UNION SELECT instance_id FROM instances)
            """),
        ("bindings of a policy or a disk that is not there",
            """
            SELECT policy_id || ' ' || disk_id FROM policy_bindings WHERE disk_id NOT IN (SELECT disk_id FROM disks)
                OR policy_id NOT IN (SELECT policy_id FROM policies)
            """),
        ("shares of a snapshot that is not there",
            "SELECT snapshot_id FROM snapshot_shares WHERE snapshot_id NOT IN (SELECT snapshot_id FROM snapshots)"),
        ("members of a group that is not there",
            """
            SELECT snapshot_id FROM snapshots WHERE group_id <> ''
                AND group_id NOT IN (SELECT group_id FROM snapshot_groups)
            """),
        ("groups without a member",
            """
            SELECT group_id FROM snapshot_groups WHERE group_id NOT IN (SELECT group_id FROM snapshots)
            """),
        ("backup points of a disk that is not there",
            "SELECT backup_id FROM disk_backups WHERE disk_id NOT IN (SELECT disk_id FROM disks)"),
        ("disks attached to an instance that is not there",
            """
            SELECT disk_id FROM disks WHERE instance_id <> ''
                AND instance_id NOT IN (SELECT instance_id FROM instances)
            """),
        ("snapshots and disks in a state that ends with the process",
            """
            SELECT snapshot_id FROM snapshots WHERE state IN ('CREATING', 'ROLLBACKING')
            UNION SELECT disk_id FROM disks WHERE state IN ('ATTACHING', 'DETACHING', 'EXPANDING', 'ROLLBACKING')
            """),
    ];

    /// <summary>Fails with everything that does not agree.</summary>
    /// <param name="catalog">The rows.</param>
    /// <param name="engine">The engine over the same catalog.</param>
    /// <param name="when">What had happened, for the failure's message.</param>
    public static void Check(SqlCatalog catalog, StorageEngine engine, string when)
    {
        var broken = Rules
            .Select(rule => (rule.What, Found: catalog.Read(reader => reader.Query<string>(rule.Sql))))
            .Where(rule => rule.Found.Count > 0)
            .Select(rule => $"{rule.What}: {string.Join(", ", rule.Found)}")
            .ToList();
        var known = catalog.Read(reader => reader.Query<string>("SELECT disk_id FROM engine_disks ORDER BY disk_id"));
        if (!known.SequenceEqual(engine.DiskIds))
            broken.Add($"the engine has {string.Join(", ", engine.DiskIds)}, its rows {string.Join(", ", known)}");

        Assert.True(broken.Count == 0, $"{when}:\n  {string.Join("\n  ", broken)}");
    }
}
