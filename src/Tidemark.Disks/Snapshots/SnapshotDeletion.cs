using Tidemark.Catalog;

namespace Tidemark.Disks.Snapshots;

/// <summary>
/// Deletes snapshots. When deleted ones are kept for a while they are only hidden, hold their space, and can be brought
/// back until they are purged.
/// </summary>
internal sealed class SnapshotDeletion(DomainParts parts)
{
    private const string DeleteAction = "DeleteSnapshots";
    private const string RestoreAction = "RestoreSnapshots";
    private static readonly TimeSpan RestoredTimeMin = TimeSpan.FromDays(1);

    private bool IsKept => parts.Options.KeepDeleted > TimeSpan.Zero;

    /// <summary>Deletes 1 to 100, all or none.</summary>
    public void Delete(IReadOnlyList<string> snapshotIds, Caller caller)
    {
        var ids = RequestRules.Ids(
            snapshotIds, "SnapshotIds", Identifiers.SnapshotPrefix, SnapshotOperations.BatchMax);
        var diskIds = parts.Catalog.Read(reader => Load(reader, ids, caller)).Select(snapshot => snapshot.DiskId);
        parts.Locks.Run(diskIds.Distinct(), () =>
        {
            // Read again under the locks, and once more in the commit: shares, locks and copies do not take them.
            var snapshots = parts.Catalog.Read(reader => Load(reader, ids, caller));
            snapshots.ForEach(snapshot => SnapshotRules.RequireDeletable(snapshot));
            if (IsKept)
                parts.Commit(transaction => Hide(transaction, ids, caller));
            else
                Drop(snapshots, caller);
            return true;
        });
    }

    /// <summary>Brings back 1 to 100 that were deleted and are still kept, all or none.</summary>
    public void Restore(IReadOnlyList<string> snapshotIds, Caller caller)
    {
        var ids = RequestRules.Ids(
            snapshotIds, "SnapshotIds", Identifiers.SnapshotPrefix, SnapshotOperations.BatchMax);
        parts.Commit(transaction =>
        {
            parts.Quotas.CheckSnapshots(transaction.Rows, parts.Options.HomeOf(caller), ids.Count);
            foreach (var id in ids)
            {
                var snapshot = SnapshotTable.FindDeleted(transaction.Rows, id, caller.Scope)
                    ?? throw new DomainException(ErrorCode.SnapshotNotFound,
                        $"There is no deleted snapshot {id} that could be brought back.");
                SnapshotTable.Put(transaction, snapshot with
                {
                    DeletedTime = null,
                    DeadlineTime = Later(snapshot.DeadlineTime),
                    ModifyTime = parts.Now,
                });
            }

            parts.Events.Add(transaction, caller, RestoreAction, string.Join(',', ids));
        });
    }

    /// <summary>Deletes those whose deadline has passed, at most 100; one that is refused stops no other.</summary>
    /// <returns>How many were deleted.</returns>
    public int DeleteExpired(Action<IReadOnlyList<string>> delete)
    {
        var ids = parts.Catalog.Read(
            reader => SnapshotTable.Expired(reader, parts.Now, SnapshotOperations.BatchMax));
        if (ids.Count == 0)
            return 0;
        if (TryDelete(ids, delete))
            return ids.Count;
        return ids.Count > 1 ? ids.Count(id => TryDelete([id], delete)) : 0;
    }

    /// <summary>Gives the space of hidden ones back once they were kept for long enough, at most 100.</summary>
    /// <returns>How many.</returns>
    public int Purge()
    {
        var until = parts.Now - parts.Options.KeepDeleted;
        var snapshots = parts.Catalog.Read(
            reader => SnapshotTable.DeletedBefore(reader, until, SnapshotOperations.BatchMax));
        if (snapshots.Count > 0)
        {
            parts.Engine.DropNames([.. snapshots.Select(snapshot => snapshot.LayerId)], transaction =>
            {
                var rows = SqlTransaction.Of(transaction);
                foreach (var id in snapshots.Select(snapshot => snapshot.SnapshotId))
                {
                    // One that was brought back and deleted again is kept from then on.
                    if (SnapshotTable.FindDeleted(rows.Rows, id) is not { } kept || kept.DeletedTime > until)
                        throw new DomainException(ErrorCode.Busy, $"Snapshot {id} was brought back meanwhile.");
                    SnapshotTable.Delete(rows, id);
                }
            });
        }

        return snapshots.Count;
    }

    private static bool TryDelete(IReadOnlyList<string> ids, Action<IReadOnlyList<string>> delete)
    {
        try
        {
            delete(ids);
            return true;
        }
        catch (DomainException)
        {
            // It has left an event; the snapshot stays, and is tried again.
            return false;
        }
    }

    private static List<Snapshot> Load(CatalogReader reader, IReadOnlyList<string> ids, Caller caller) =>
        [.. ids.Select(id => SnapshotTable.Get(reader, id, caller.Scope))];

    private void Hide(SqlTransaction transaction, IReadOnlyList<string> ids, Caller caller)
    {
        foreach (var snapshot in Load(transaction.Rows, ids, caller))
        {
            SnapshotRules.RequireDeletable(snapshot);
            SnapshotTable.Put(transaction, snapshot with { DeletedTime = parts.Now });
        }

        parts.Events.Add(transaction, caller, DeleteAction, string.Join(',', ids));
    }

    private void Drop(List<Snapshot> snapshots, Caller caller)
    {
        string[] ids = [.. snapshots.Select(snapshot => snapshot.SnapshotId)];
        parts.Engine.DropNames([.. snapshots.Select(snapshot => snapshot.LayerId)], transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            foreach (var snapshot in Load(rows.Rows, ids, caller))
            {
                SnapshotRules.RequireDeletable(snapshot);
                SnapshotTable.Delete(rows, snapshot.SnapshotId);
            }

            parts.Events.Add(rows, caller, DeleteAction, string.Join(',', ids));
        });
    }

    // One whose deadline has passed would go again at once.
    private DateTimeOffset? Later(DateTimeOffset? deadline)
    {
        var earliest = parts.Now + RestoredTimeMin;
        return deadline < earliest ? earliest : deadline;
    }
}
