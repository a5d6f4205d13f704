using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Accounts;

/// <summary>What every catalog has from the start, and what catalogs from before regions lack.</summary>
internal static class FirstRows
{
    private const string FirstAccountName = "first";

    /// <summary>Makes the first account, and gives rows without a region the server's first one.</summary>
    public static void Adopt(DomainParts parts)
    {
        var (hasAccount, diskIds, snapshotIds) = parts.Catalog.Read(reader => (
            reader.Number("SELECT count(*) FROM accounts") > 0,
            reader.Query<string>("SELECT disk_id FROM disks WHERE region = ''"),
            reader.Query<string>("SELECT snapshot_id FROM snapshots WHERE region = ''")));
        if (hasAccount && diskIds.Count == 0 && snapshotIds.Count == 0)
            return;
        parts.Commit(transaction =>
        {
            if (!hasAccount)
            {
                transaction.Put(
                    CatalogTables.Accounts, Scope.FirstAccountId, FirstAccountName,
                    Timestamps.ToColumn(parts.Now));
            }

            foreach (var diskId in diskIds)
            {
                if (DiskTable.Find(transaction.Rows, diskId) is { } disk)
                    DiskTable.Put(transaction, disk with { Region = parts.Options.Region });
            }

            foreach (var snapshotId in snapshotIds)
            {
                if (SnapshotTable.Find(transaction.Rows, snapshotId) is { } snapshot)
                    SnapshotTable.Put(transaction, snapshot with { Region = parts.Options.Region });
            }
        });
    }
}
