using Tidemark.Catalog;
using Tidemark.Disks.Backups;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks;

/// <summary>
/// Terminates the disks of one request, all or none: into the recycle bin, out of sight while they can be brought back,
/// or for good.
/// </summary>
internal sealed class DiskTermination(DomainParts parts, DiskRemoval removal)
{
    private const string Action = "TerminateDisks";
    private const int DisksMax = 100;
    private const int SnapshotsMax = 100_000;

    /// <summary>Terminates them.</summary>
    public void Run(IReadOnlyList<string> diskIds, TerminationKind kind, bool disconnectClients, Caller caller)
    {
        var ids = RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax);
        parts.Locks.Run(ids, () =>
        {
            var disks = parts.Catalog.Read(
                reader => ids.Select(id => DiskTable.Get(reader, id, caller.Scope)).ToList());
            foreach (var disk in disks)
                DiskStates.Require(disk, DiskAction.Terminate);
            parts.Clients.RunAlone(ids, disconnectClients, () => Terminate(
                disks, kind, rows => parts.Events.Add(rows, caller, Action, string.Join(',', ids))));
            return ids.Count;
        });
    }

    /// <summary>Destroys those of the disks whose time in the recycle bin is over, and disconnects clients.</summary>
    /// <returns>How many.</returns>
    public int DestroyExpired(IReadOnlyList<string> diskIds) => parts.Locks.Run(diskIds, () =>
    {
        // Read under the locks: somebody may have renewed one meanwhile.
        var disks = parts.Catalog.Read(reader => diskIds.Select(id => DiskTable.Find(reader, id))
            .OfType<Disk>().Where(disk => disk.DiskState == DiskState.ToRecycle && disk.DeadlineTime <= parts.Now)
            .ToList());
        if (disks.Count == 0)
            return 0;
        string[] ids = [.. disks.Select(disk => disk.DiskId)];
        parts.Clients.RunAlone(ids, disconnectClients: true, () => Terminate(
            disks,
            new TerminationKind(false, IsForGood: true),
            rows => parts.Events.Add(rows, Caller.Server, Action, string.Join(',', ids))));
        return ids.Length;
    });

    /// <summary>
    /// Terminates disks whose locks are held and whose clients are gone, as they are given, and makes other changes in
    /// the same transaction.
    /// </summary>
    public void Terminate(IReadOnlyList<Disk> disks, TerminationKind kind, Action<SqlTransaction> alongside)
    {
        var recycled = disks.Where(IsRecyclable).ToList();
        var gone = disks.Except(recycled).ToList();
        var snapshots = parts.Catalog.Read(reader => gone
            .Where(disk => kind.DeletesSnapshots || disk.DeleteSnapshot)
            .SelectMany(disk => Removable(reader, disk.DiskId))
            .ToList());

        void Change(SqlTransaction rows)
        {
            foreach (var disk in recycled)
                Recycle(rows, disk, kind);
            alongside(rows);
        }

        if (parts.Options.KeepDeleted > TimeSpan.Zero && !kind.IsForGood)
            Hide(gone, snapshots, Change);
        else
            Destroy(gone, snapshots, Change);
    }

    /// <summary>
    /// Destroys disks whose locks are held and whose clients are gone, and everything that goes with them: names and
    /// rows in one transaction, blocks afterwards.
    /// </summary>
    public void Destroy(
        IReadOnlyList<Disk> disks, IReadOnlyList<Snapshot> snapshots, Action<SqlTransaction> alongside)
    {
        // Backup points live and die with their disk.
        var backups = parts.Catalog.Read(reader => disks
            .SelectMany(disk => BackupTable.OfDisk(reader, disk.DiskId)).ToList());

        void Change(SqlTransaction rows)
        {
            foreach (var disk in disks)
                removal.Decide(rows, disk.DiskId);
            foreach (var snapshot in snapshots)
                SnapshotTable.Delete(rows, RequireRemovable(rows.Rows, snapshot.SnapshotId).SnapshotId);
            foreach (var backup in backups)
                BackupTable.Delete(rows, backup.BackupId);
            alongside(rows);
        }

        long[] layerIds =
        [
            .. snapshots.Select(snapshot => snapshot.LayerId), .. backups.Select(backup => backup.LayerId),
        ];
        if (layerIds.Length == 0)
            parts.Commit(Change);
        else
            parts.Engine.DropNames(layerIds, transaction => Change(SqlTransaction.Of(transaction)));
        removal.CarryOut([.. disks.Select(disk => disk.DiskId)]);
    }

    // The engine keeps everything: nothing has lost its name.
    private void Hide(
        IReadOnlyList<Disk> disks, IReadOnlyList<Snapshot> snapshots, Action<SqlTransaction> alongside) =>
        parts.Commit(rows =>
        {
            foreach (var disk in disks)
                DiskTable.Put(rows, disk with { DeletedTime = parts.Now });
            foreach (var snapshot in snapshots)
            {
                var removable = RequireRemovable(rows.Rows, snapshot.SnapshotId);
                SnapshotTable.Put(rows, removable with { DeletedTime = parts.Now });
            }

            alongside(rows);
        });

    private static bool IsRecyclable(Disk disk) =>
        disk.DiskChargeType == ChargeType.Prepaid && disk.DiskState != DiskState.ToRecycle;

    private static IEnumerable<Snapshot> Removable(CatalogReader reader, string diskId) =>
        SnapshotTable.OfDisk(reader, diskId, SnapshotsMax).Where(IsRemovable);

    // Permanent, locked and shared snapshots outlive their disk whatever the request says.
    private static bool IsRemovable(Snapshot snapshot) =>
        snapshot is { IsPermanent: false, IsLocked: false, ShareCount: 0 };

    // Asked in the commit: locks, shares and deadlines of snapshots are changed without the locks of their disk.
    private static Snapshot RequireRemovable(CatalogReader reader, string snapshotId) =>
        SnapshotTable.Find(reader, snapshotId) is { } snapshot && IsRemovable(snapshot)
            ? snapshot
            : throw new DomainException(ErrorCode.Busy,
                $"Snapshot {snapshotId}, which was to go with its disk, was changed meanwhile; try again.");

    private void Recycle(SqlTransaction rows, Disk disk, TerminationKind kind) =>
        DiskTable.Put(rows, disk with
        {
            DiskState = DiskState.ToRecycle,
            DeadlineTime = parts.Now + parts.Options.RecycleTime,
            DeleteSnapshot = disk.DeleteSnapshot || kind.DeletesSnapshots,
        });
}
