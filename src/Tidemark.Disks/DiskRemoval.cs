using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Engine;

namespace Tidemark.Disks;

/// <summary>
/// Removes disks in two steps: one transaction decides for all of them, then the engine drops each. What a crash leaves between the two
/// is finished at the next start.
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

    /// <summary>Lets the engine drop disks whose removal was decided. A failure is logged, and tried again at the next start.</summary>
    public void CarryOut(IReadOnlyList<string> diskIds)
    {
        foreach (var diskId in diskIds)
        {
            try
            {
                CarryOut(diskId);
            }
            catch (EngineException problem)
            {
                parts.Options.Log?.Invoke(new EngineMessage(true,
                    $"Disk {diskId} is terminated, but its space is not free yet: {problem.Message} It is tried again."));
            }
        }
    }

    /// <summary>Finishes all removals that were decided.</summary>
    /// <returns>How many there were.</returns>
    public int CarryOutPending()
    {
        var diskIds = parts.Catalog.Read(reader => reader.Query<string>(
            "SELECT disk_id FROM pending_drops ORDER BY requested_ms LIMIT @RemovalsMax", new { RemovalsMax }));
        CarryOut(diskIds);
        return diskIds.Count;
    }

    private void CarryOut(string diskId)
    {
        if (parts.Engine.DiskIds.Contains(diskId))
        {
            parts.Engine.DropDisk(diskId, transaction => Forget(SqlTransaction.Of(transaction), diskId));
            return;
        }

        parts.Commit(transaction => Forget(transaction, diskId));
    }

    private static void Forget(SqlTransaction transaction, string diskId) =>
        transaction.Delete(CatalogTables.PendingDrops, diskId);
}
