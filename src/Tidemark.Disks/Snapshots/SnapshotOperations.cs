using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Instances;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Snapshots;

/// <summary>
/// What can be done with snapshots. Every refusal is a <see cref="DomainException"/>; every change leaves an audit
/// event.
/// </summary>
public sealed class SnapshotOperations
{
    /// <summary>Snapshots that one request may name.</summary>
    internal const int BatchMax = 100;

    private readonly DomainParts _parts;
    private readonly SnapshotCutting _cutting;
    private readonly Rollback _rollback;
    private readonly SnapshotDeletion _deletion;
    private readonly SnapshotChanges _changes;

    internal SnapshotOperations(DomainParts parts, SnapshotCutting cutting, Rollback rollback)
    {
        _parts = parts;
        _cutting = cutting;
        _rollback = rollback;
        _deletion = new SnapshotDeletion(parts);
        _changes = new SnapshotChanges(parts);
    }

    /// <summary>
    /// Takes a snapshot; it is complete, durable and listed when this returns. Writers do not wait for it.
    /// </summary>
    /// <returns>Its id.</returns>
    public string Create(CreateSnapshotRequest request, Caller caller)
    {
        var diskId = request.DiskId ?? string.Empty;
        return _parts.Audited.Run(caller, "CreateSnapshot", diskId, () =>
        {
            var name = RequestRules.Name(request.SnapshotName, "SnapshotName");
            var tags = RequestRules.Tags(request.Tags);
            RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
            if (request.PolicyId.Length == 0)
                SnapshotChanges.CheckDeadline(request.Deadline, _parts.Now);
            return _parts.Locks.Run([diskId], () =>
            {
                var disk = SnapshotRules.RequireCuttable(
                    _parts.Catalog.Read(reader => DiskTable.Get(reader, diskId, caller.Scope)));
                // A snapshot of a system disk may be one of a data disk, so that new disks can be made from it.
                var usage = RequestRules.Choice(
                    request.DiskUsage, "DiskUsage", [DiskUsage.Data, DiskUsage.System], disk.DiskUsage);
                var draft = new SnapshotDraft(name, usage)
                {
                    Deadline = request.Deadline,
                    Tags = tags,
                    Origin = request.PolicyId.Length > 0 ? SnapshotOrigin.Policy : SnapshotOrigin.Manual,
                    PolicyId = request.PolicyId,
                    Within = request.Within,
                };
                return _cutting.Take(disk, draft, caller);
            });
        });
    }

    /// <summary>
    /// Lists snapshots: the scope's own, and those that others share with its account. Filters: snapshot-id,
    /// snapshot-name, snapshot-state, disk-usage, project-id, disk-id (at most 10 values), zone, encrypt,
    /// snapshot-type, tag-key, tag-value, tag:KEY.
    /// </summary>
    /// <param name="query">Which, in which order, which page.</param>
    /// <param name="scope">Who asks; null lists all.</param>
    /// <param name="isDeleted">Lists the scope's deleted ones that can be brought back, instead.</param>
    public Page<Snapshot> List(ListQuery query, Scope? scope = null, bool isDeleted = false) =>
        _parts.Catalog.Read(reader => SnapshotTable.List(reader, query, scope, isDeleted));

    /// <summary>One snapshot, or null.</summary>
    public Snapshot? Find(string snapshotId, Scope? scope = null) =>
        _parts.Catalog.Read(reader => SnapshotTable.Find(reader, snapshotId, scope));

    /// <summary>
    /// Deletes snapshots, all or none (1 to 100 ids); their space comes back in the background. Refused while one is
    /// shared, locked, being copied, or not complete.
    /// </summary>
    public void Delete(IReadOnlyList<string> snapshotIds, Caller caller) =>
        _parts.Audited.Run(caller, "DeleteSnapshots", string.Join(',', snapshotIds), () =>
        {
            _deletion.Delete(snapshotIds, caller);
            return true;
        });

    /// <summary>Brings back snapshots that were deleted and are still kept, all or none (1 to 100 ids).</summary>
    public void Restore(IReadOnlyList<string> snapshotIds, Caller caller) =>
        _parts.Audited.Run(caller, "RestoreSnapshots", string.Join(',', snapshotIds), () =>
        {
            _deletion.Restore(snapshotIds, caller);
            return true;
        });

    /// <summary>Changes a snapshot's name, or when it goes. Refused while it is shared or locked.</summary>
    public void Modify(ModifySnapshotRequest request, Caller caller) =>
        _parts.Audited.Run(caller, "ModifySnapshotAttribute", request.SnapshotId ?? string.Empty, () =>
        {
            _changes.Modify(request, caller);
            return true;
        });

    /// <summary>
    /// Locks snapshots, or unlocks them, all or none (1 to 100 ids). A locked one cannot be deleted or changed, not
    /// even by its own deadline.
    /// </summary>
    public void SetLock(IReadOnlyList<string> snapshotIds, bool isLocked, Caller caller)
    {
        var action = isLocked ? "LockSnapshots" : "UnlockSnapshots";
        _parts.Audited.Run(caller, action, string.Join(',', snapshotIds), () =>
        {
            _changes.SetLock(snapshotIds, isLocked, caller, action);
            return true;
        });
    }

    /// <summary>
    /// Rolls a disk back to one of its own snapshots; newer snapshots stay, and what is replaced is kept as one more. A
    /// disk that has grown keeps its size and reads as zeros beyond the snapshot's. Refused while the disk is attached
    /// to an instance that runs, or a client is connected, unless <paramref name="options"/> say otherwise.
    /// </summary>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="diskId">The disk that it was taken of.</param>
    /// <param name="options">How to go about those who use the disk, and what is replaced.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <returns>The snapshot of what was replaced; null when none is kept.</returns>
    public string? Apply(string snapshotId, string diskId, RollbackOptions options, Caller caller) =>
        _parts.Audited.Run(caller, "ApplySnapshot", diskId, () =>
        {
            RequestRules.Id(snapshotId, "SnapshotId", Identifiers.SnapshotPrefix);
            RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
            return _parts.Locks.Run([diskId], () =>
            {
                var (plan, permit) = _parts.Catalog.Read(reader => Plan(reader, snapshotId, diskId, options, caller));
                string? safetyId = null;
                _parts.Clients.RunAlone(
                    [diskId],
                    options.DisconnectsClients || permit.DisconnectsClients,
                    () => safetyId = _rollback.Run(plan, caller, rows =>
                    {
                        permit.Apply(rows);
                        _parts.Events.Add(rows, caller, "ApplySnapshot", $"{diskId},{snapshotId}");
                    }));
                return safetyId;
            });
        });

    /// <summary>
    /// Deletes snapshots whose deadline has passed, at most 100 in one call. Those that are locked, shared or being
    /// copied wait until they are not; one that is refused stops no other.
    /// </summary>
    /// <returns>How many were deleted.</returns>
    public int DeleteExpired() => _deletion.DeleteExpired(ids => Delete(ids, Caller.Server));

    /// <summary>Gives up deleted snapshots that were kept for long enough, at most 100 in one call.</summary>
    /// <returns>How many.</returns>
    public int PurgeDeleted() => _deletion.Purge();

    private static (RollbackPlan Plan, RollbackPermit Permit) Plan(
        CatalogReader reader, string snapshotId, string diskId, RollbackOptions options, Caller caller)
    {
        var disk = DiskTable.Get(reader, diskId, caller.Scope);
        var snapshot = SnapshotTable.Get(reader, snapshotId, caller.Scope);
        SnapshotRules.RequireApplicable(snapshot, disk);
        SnapshotRules.RequireReplaceable(disk);
        return (
            RollbackPlan.To(disk, snapshot.LayerId, snapshot.SnapshotName, snapshotId, options.KeepsSafety),
            RollbackRule.Check(reader, [disk], options.StopsInstance, options.StartsInstance));
    }
}
