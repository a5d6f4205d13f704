using Microsoft.Data.Sqlite;
using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Disks;

/// <summary>
/// Removes disks in two steps: one transaction decides for all of them, then the engine drops each. What a crash or a
/// failure leaves between the two is finished later.
/// </summary>
internal sealed class DiskRemoval(DomainParts parts)
{
    private const int RemovalsMax = 1000;

    /// <summary>Decides: the disk is gone for everybody once the transaction is committed.</summary>
    public void Decide(SqlTransaction transaction, string diskId)
    {
        DiskTable.Delete(transaction, diskId);
        transaction.Put(CatalogTables.PendingDrops, diskId, parts.Now.ToUnixTimeMilliseconds());
    }

    /// <summary>
    /// Lets the engine drop disks whose removal was decided. A failure is logged, and tried again in a minute.
    /// </summary>
    public void CarryOut(IReadOnlyList<string> diskIds)
    {
        foreach (var diskId in diskIds)
        {
            try
            {
                parts.Locks.Run([diskId], () => CarryOut(diskId));
            }
            catch (Exception problem) when (problem is EngineException or StoreException or SqliteException)
            {
                parts.Options.Log?.Invoke(new EngineMessage(true,
                    $"Disk {diskId} is terminated, but its space is not free yet and it is tried again: " +
                    problem.Message));
            }
        }
    }

    /// <summary>Finishes removals that were decided.</summary>
    public void CarryOutPending()
    {
        var diskIds = parts.Catalog.Read(reader => reader.Query<string>(
            "SELECT disk_id FROM pending_drops ORDER BY requested_ms LIMIT @RemovalsMax", new { RemovalsMax }));
        CarryOut(diskIds);
    }

    private bool CarryOut(string diskId)
    {
        if (parts.Engine.DiskIds.Contains(diskId))
        {
            parts.Engine.DropDisk(diskId, transaction => Forget(SqlTransaction.Of(transaction), diskId));
            return true;
        }

        parts.Commit(transaction => Forget(transaction, diskId));
        return false;
    }

    private static void Forget(SqlTransaction transaction, string diskId) =>
        transaction.Delete(CatalogTables.PendingDrops, diskId);
}
