using Tidemark.Catalog;

namespace Tidemark.Disks.Snapshots;

/// <summary>Changes what is written about snapshots: names, deadlines, locks. Their content never changes.</summary>
internal sealed class SnapshotChanges(DomainParts parts)
{
    /// <summary>The refusal of a deadline that is too near.</summary>
    public static void CheckDeadline(DateTimeOffset? deadline, DateTimeOffset now)
    {
        if (deadline < now + TimeSpan.FromDays(1))
            throw RequestRules.BadValue("Deadline", "at least one day ahead", deadline?.ToString("O"));
    }

    /// <summary>Changes name and deadline.</summary>
    public void Modify(ModifySnapshotRequest request, Caller caller)
    {
        var snapshotId = RequestRules.Id(request.SnapshotId, "SnapshotId", Identifiers.SnapshotPrefix);
        var name = string.IsNullOrEmpty(request.SnapshotName)
            ? null
            : RequestRules.Name(request.SnapshotName, "SnapshotName");
        if (name is null && request is { IsPermanent: null, Deadline: null })
        {
            throw new DomainException(ErrorCode.MissingParameter,
                "Nothing is to be changed: give SnapshotName, IsPermanent or Deadline.");
        }

        if (request.IsPermanent != true)
            CheckDeadline(request.Deadline, parts.Now);
        parts.Commit(transaction =>
        {
            var snapshot = SnapshotRules.RequireChangeable(
                SnapshotTable.Get(transaction.Rows, snapshotId, caller.Scope));
            SnapshotTable.Put(transaction, snapshot with
            {
                SnapshotName = name ?? snapshot.SnapshotName,
                DeadlineTime = DeadlineOf(snapshot, request),
                ModifyTime = parts.Now,
            });
            parts.Events.Add(transaction, caller, "ModifySnapshotAttribute", snapshotId);
        });
    }

    /// <summary>Locks or unlocks 1 to 100 snapshots, all or none; those that are so already stay so.</summary>
    public void SetLock(IReadOnlyList<string> snapshotIds, bool isLocked, Caller caller, string action)
    {
        var ids = RequestRules.Ids(
            snapshotIds, "SnapshotIds", Identifiers.SnapshotPrefix, SnapshotOperations.BatchMax);
        parts.Commit(transaction =>
        {
            foreach (var id in ids)
            {
                var snapshot = SnapshotTable.Get(transaction.Rows, id, caller.Scope);
                SnapshotTable.Put(transaction, snapshot with { IsLocked = isLocked, ModifyTime = parts.Now });
            }

            parts.Events.Add(transaction, caller, action, string.Join(',', ids));
        });
    }

    private static DateTimeOffset? DeadlineOf(Snapshot snapshot, ModifySnapshotRequest request)
    {
        if (request.IsPermanent == true)
            return null;
        var deadline = request.Deadline ?? snapshot.DeadlineTime;
        return deadline is null && request.IsPermanent == false
            ? throw new DomainException(ErrorCode.MissingParameter,
                $"Deadline is required: snapshot {snapshot.SnapshotId} has none yet, and is to be no longer permanent.")
            : deadline;
    }
}
