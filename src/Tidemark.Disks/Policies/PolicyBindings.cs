using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;

namespace Tidemark.Disks.Policies;

/// <summary>Which disks a policy takes snapshots of, in the catalog.</summary>
internal static class PolicyBindings
{
    /// <summary>Binds a disk.</summary>
    public static void Put(SqlTransaction transaction, string policyId, string diskId, DateTimeOffset now) =>
        transaction.Put(CatalogTables.PolicyBindings, policyId, diskId, now.ToUnixTimeMilliseconds());

    /// <summary>Unbinds a disk; nothing happens when it is not bound.</summary>
    public static void Delete(SqlTransaction transaction, string policyId, string diskId) =>
        transaction.Delete(CatalogTables.PolicyBindings, policyId, diskId);

    /// <summary>Unbinds a disk from all policies.</summary>
    public static void DeleteOfDisk(SqlTransaction transaction, string diskId)
    {
        var policyIds = transaction.Rows.Query<string>(
            "SELECT policy_id FROM policy_bindings WHERE disk_id = @diskId", new { diskId });
        foreach (var policyId in policyIds)
            Delete(transaction, policyId, diskId);
    }

    /// <summary>Whether a disk is bound to a policy.</summary>
    public static bool Exists(CatalogReader reader, string policyId, string diskId) => reader.Number(
        "SELECT count(*) FROM policy_bindings WHERE policy_id = @policyId AND disk_id = @diskId",
        new { policyId, diskId }) > 0;

    /// <summary>How many policies a disk is bound to.</summary>
    public static long CountOfDisk(CatalogReader reader, string diskId) => reader.Number(
        "SELECT count(*) FROM policy_bindings WHERE disk_id = @diskId", new { diskId });

    /// <summary>The disks of some policies that are there, by id.</summary>
    public static ILookup<string, BoundDisk> Load(CatalogReader reader, IReadOnlyList<string> policyIds) =>
        reader.Query<BoundDisk>(
            "SELECT policy_id, disk_id, instance_id, state FROM policy_bindings JOIN disks USING (disk_id) " +
            "WHERE policy_id IN @policyIds AND deleted_ms IS NULL ORDER BY disk_id",
            new { policyIds }).ToLookup(disk => disk.PolicyId, StringComparer.Ordinal);

    /// <summary>The disks of a scope that are attached to some instances.</summary>
    public static IReadOnlyList<string> OnInstances(
        CatalogReader reader, IReadOnlyList<string> instanceIds, Scope scope) => reader.Query<string>(
            "SELECT disk_id FROM disks WHERE instance_id IN @instanceIds AND account_id = @AccountId " +
            "AND region = @Region AND deleted_ms IS NULL",
            new { instanceIds, scope.AccountId, scope.Region });
}
