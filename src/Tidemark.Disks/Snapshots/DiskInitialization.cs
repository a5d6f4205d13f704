namespace Tidemark.Disks.Snapshots;

/// <summary>
/// Returns disks to what they were when they were made: empty, or their source snapshot. What is replaced is kept as a
/// snapshot first, as for a rollback.
/// </summary>
public sealed class DiskInitialization
{
    private const string Action = "InitializeDisks";
    private const string SafetyName = "before initialization";
    private const int DisksMax = 20;

    private readonly DomainParts _parts;
    private readonly Rollback _rollback;

    internal DiskInitialization(DomainParts parts, Rollback rollback)
    {
        _parts = parts;
        _rollback = rollback;
    }

    /// <summary>
    /// Initializes 1 to 20 disks. All are checked before the first is touched; then one follows the other.
    /// </summary>
    /// <param name="diskIds">
    /// Detached data disks; those made from a snapshot need that snapshot still, and the right to use it.
    /// </param>
    /// <param name="disconnectClients">Disconnects NBD clients first instead of refusing.</param>
    /// <param name="keepsSafety">Whether the replaced content is kept, if the server's options allow it.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <returns>The snapshots of what was replaced, in the order of the disks; none when none are kept.</returns>
    public IReadOnlyList<string> Run(
        IReadOnlyList<string> diskIds, bool disconnectClients, bool keepsSafety, Caller caller) =>
        _parts.Audited.Run(caller, Action, string.Join(',', diskIds), () =>
        {
            var ids = RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax);
            return _parts.Locks.Run(ids, () =>
            {
                var plans = ids.Select(id => Plan(id, keepsSafety, caller)).ToList();
                var kept = new List<string>();
                _parts.Clients.RunAlone(ids, disconnectClients, () =>
                {
                    foreach (var plan in plans)
                    {
                        if (Initialize(plan, caller) is { } safetyId)
                            kept.Add(safetyId);
                    }
                });
                return kept;
            });
        });

    private string? Initialize(RollbackPlan plan, Caller caller) => _rollback.Run(
        plan, caller, transaction => _parts.Events.Add(transaction, caller, Action, plan.Disk.DiskId));

    private RollbackPlan Plan(string diskId, bool keepsSafety, Caller caller) => _parts.Catalog.Read(reader =>
    {
        var disk = SnapshotRules.RequireDetached(
            SnapshotRules.RequireReplaceable(DiskTable.Get(reader, diskId, caller.Scope)));
        if (disk.DiskUsage != DiskUsage.Data)
        {
            throw new DomainException(ErrorCode.DiskNotSupported,
                $"Disk {diskId} is a {disk.DiskUsage}; only data disks can be initialized.");
        }

        if (disk.SourceSnapshotId is not { } sourceId)
            return new RollbackPlan(disk, null, SafetyName, keepsSafety);
        var source = SnapshotTable.FindUsable(reader, sourceId, disk.Home);
        return source?.SnapshotState == SnapshotState.Normal
            ? new RollbackPlan(disk, source.LayerId, SafetyName, keepsSafety)
            : throw new DomainException(ErrorCode.DiskNotSupported,
                $"Disk {diskId} was made from snapshot {sourceId}, which is gone or not shared any more; the disk " +
                "cannot be initialized. Create a new disk instead.");
    });
}
