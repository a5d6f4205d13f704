using Tidemark.Catalog;
using Tidemark.Catalog.Schema;

namespace Tidemark.Disks.Sharing;

/// <summary>Who may use which snapshots of others, in the catalog.</summary>
internal static class ShareTable
{
    /// <summary>Shares a snapshot with an account.</summary>
    public static void Put(SqlTransaction transaction, string snapshotId, SharePermission share) => transaction.Put(
        CatalogTables.SnapshotShares, snapshotId, share.AccountId, Timestamps.ToColumn(share.CreateTime));

    /// <summary>Ends the sharing with an account; nothing happens when there is none.</summary>
    public static void Delete(SqlTransaction transaction, string snapshotId, string accountId) =>
        transaction.Delete(CatalogTables.SnapshotShares, snapshotId, accountId);

    /// <summary>Ends the sharing with all accounts.</summary>
    public static void Delete(SqlTransaction transaction, string snapshotId) =>
        transaction.Delete(CatalogTables.SnapshotShares, snapshotId);

    /// <summary>With whom a snapshot is shared, the longest first.</summary>
    public static IReadOnlyList<SharePermission> List(CatalogReader reader, string snapshotId)
    {
        var rows = reader.Query<Row>(
            "SELECT account_id, created_ms FROM snapshot_shares WHERE snapshot_id = @snapshotId " +
            "ORDER BY created_ms, account_id", new { snapshotId });
        return [.. rows.Select(row => new SharePermission(row.AccountId, Timestamps.FromColumn(row.CreatedMs)))];
    }

    private sealed class Row
    {
        public string AccountId { get; init; } = string.Empty;

        public long CreatedMs { get; init; }
    }
}
