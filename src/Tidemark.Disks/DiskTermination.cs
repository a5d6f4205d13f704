using Tidemark.Catalog;
using Tidemark.Disks.Backups;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks;

/// <summary>Terminates the disks of one request, all or none: into the recycle bin, or for good.</summary>
internal sealed class DiskTermination(DomainParts parts, DiskRemoval removal)
{
    private const string Action = "TerminateDisks";
    private const int DisksMax = 100;
    private const int SnapshotsMax = 100_000;

    /// <summary>Terminates them.</summary>
    public void Run(IReadOnlyList<string> diskIds, bool deleteSnapshots, bool disconnectClients, Caller caller)
    {
        var ids = RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax);
        parts.Locks.Run(ids, () =>
        {
            var disks = parts.Catalog.Read(
                reader => ids.Select(id => DiskTable.Get(reader, id, caller.Scope)).ToList());
            foreach (var disk in disks.Where(disk => disk.IsAttached))
            {
                throw new DomainException(ErrorCode.WrongState,
                    $"Disk {disk.DiskId} is attached to {disk.InstanceId}; detach it first.");
            }

            parts.Clients.RunAlone(ids, disconnectClients, () => Terminate(disks, deleteSnapshots, caller));
            return ids.Count;
        });
    }

    private void Terminate(List<Disk> disks, bool deleteSnapshots, Caller caller)
    {
        var recycled = disks.Where(IsRecyclable).ToList();
        var destroyed = disks.Except(recycled).ToList();
        var snapshots = parts.Catalog.Read(reader => destroyed
            .Where(disk => deleteSnapshots || disk.DeleteSnapshot)
            .SelectMany(disk => SnapshotTable.OfDisk(reader, disk.DiskId, SnapshotsMax))
            .Where(snapshot => !snapshot.IsPermanent && SnapshotRules.IsDeletable(snapshot))
            .ToList());
        var backups = parts.Catalog.Read(reader => destroyed
            .SelectMany(disk => BackupTable.OfDisk(reader, disk.DiskId)).ToList());

        void Change(SqlTransaction transaction)
        {
            foreach (var disk in recycled)
                Recycle(transaction, disk, deleteSnapshots);
            foreach (var disk in destroyed)
                removal.Decide(transaction, disk.DiskId);
            foreach (var snapshot in snapshots)
                SnapshotTable.Delete(transaction, snapshot.SnapshotId);
            foreach (var backup in backups)
                BackupTable.Delete(transaction, backup.BackupId);
            parts.Events.Add(transaction, caller, Action, string.Join(',', disks.Select(disk => disk.DiskId)));
        }

        long[] layerIds =
        [
            .. snapshots.Select(snapshot => snapshot.LayerId), .. backups.Select(backup => backup.LayerId),
        ];
        if (layerIds.Length == 0)
        {
            parts.Commit(Change);
        }
        else
        {
            parts.Engine.DropNames(
                layerIds,
                transaction => Change(SqlTransaction.Of(transaction)));
        }

        removal.CarryOut([.. destroyed.Select(disk => disk.DiskId)]);
    }

    private static bool IsRecyclable(Disk disk) =>
        disk.DiskChargeType == ChargeType.Prepaid && disk.DiskState != DiskState.ToRecycle;

    private void Recycle(SqlTransaction transaction, Disk disk, bool deleteSnapshots) =>
        DiskTable.Put(transaction, disk with
        {
            DiskState = DiskState.ToRecycle,
            DeadlineTime = parts.Now + parts.Options.RecycleTime,
            DeleteSnapshot = disk.DeleteSnapshot || deleteSnapshots,
        });
}
