using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Instances;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Backups;

/// <summary>
/// What can be done with backup points. A disk has as many as its quota of them allows, which is apart from that of
/// snapshots. Every refusal is a <see cref="DomainException"/>; every change leaves an audit event.
/// </summary>
public sealed class BackupOperations
{
    private const int DeleteMax = 100;
    private const int QuotaMax = 1024;
    private const int NameLengthMax = 100;
    private const string DefaultName = "unnamed";

    private readonly DomainParts _parts;
    private readonly BackupConversion _conversion;
    private readonly Rollback _rollback;

    internal BackupOperations(DomainParts parts, Rollback rollback)
    {
        _parts = parts;
        _rollback = rollback;
        _conversion = new BackupConversion(parts);
    }

    /// <summary>Takes a backup point; it is complete, durable and listed when this returns.</summary>
    /// <param name="diskId">The disk; its quota must have room.</param>
    /// <param name="name">At most 100 characters; <c>unnamed</c> when null or empty.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <returns>Its id.</returns>
    public string Create(string diskId, string? name, Caller caller) =>
        _parts.Audited.Run(caller, "CreateDiskBackup", diskId, () =>
        {
            RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
            var checkedName = CheckName(name);
            return _parts.Locks.Run([diskId], () => Cut(diskId, checkedName, caller));
        });

    /// <summary>Lists backup points, oldest first. Filters: disk-backup-id, disk-id, disk-usage.</summary>
    public Page<DiskBackup> List(ListQuery query, Scope? scope = null) =>
        _parts.Catalog.Read(reader => BackupTable.List(reader, query, scope));

    /// <summary>One backup point, or null.</summary>
    public DiskBackup? Find(string backupId, Scope? scope = null) =>
        _parts.Catalog.Read(reader => BackupTable.Find(reader, backupId, scope));

    /// <summary>
    /// Rolls a disk back to one of its backup points; newer ones, and snapshots, stay. Refused while the disk is
    /// attached or a client is connected, unless <paramref name="options"/> say otherwise.
    /// </summary>
    /// <returns>The snapshot of what was replaced; null when none is kept.</returns>
    public string? Apply(string backupId, string diskId, RollbackOptions options, Caller caller) =>
        _parts.Audited.Run(caller, "ApplyDiskBackup", diskId, () =>
        {
            RequestRules.Id(backupId, "DiskBackupId", Identifiers.BackupPrefix);
            RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
            return _parts.Locks.Run([diskId], () =>
            {
                var (plan, permit) = _parts.Catalog.Read(reader =>
                {
                    var disk = BackupRules.RequireIdle(DiskTable.Get(reader, diskId, caller.Scope));
                    var backup = RequireOwn(disk, BackupTable.Get(reader, backupId, caller.Scope));
                    return (
                        RollbackPlan.To(disk, backup.LayerId, backup.BackupName, backupId, options.KeepsSafety),
                        RollbackRule.Check(reader, [disk], options.StopsInstance, options.StartsInstance));
                });
                string? safetyId = null;
                _parts.Clients.RunAlone(
                    [diskId],
                    options.DisconnectsClients || permit.DisconnectsClients,
                    () => safetyId = RollBack(plan, permit, backupId, caller));
                return safetyId;
            });
        });

    /// <summary>Deletes backup points, all or none (1 to 100 ids); their space comes back in the background.</summary>
    public void Delete(IReadOnlyList<string> backupIds, Caller caller) =>
        _parts.Audited.Run(caller, "DeleteDiskBackups", string.Join(',', backupIds), () =>
        {
            var ids = RequestRules.Ids(backupIds, "DiskBackupIds", Identifiers.BackupPrefix, DeleteMax);
            var diskIds = Load(ids, caller).Select(backup => backup.DiskId).Distinct();
            return _parts.Locks.Run(diskIds, () =>
            {
                Drop(Load(ids, caller), rows =>
                    _parts.Events.Add(rows, caller, "DeleteDiskBackups", string.Join(',', ids)));
                return true;
            });
        });

    /// <summary>
    /// Sets how many backup points a disk may have, 0 to 1,024. 0 deletes those that it has; any other number below
    /// theirs is refused.
    /// </summary>
    public void SetQuota(string diskId, long quota, Caller caller) =>
        _parts.Audited.Run(caller, "ModifyDiskBackupQuota", diskId, () =>
        {
            RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
            RequestRules.Number(quota, "DiskBackupQuota", 0, QuotaMax, 0);
            return _parts.Locks.Run([diskId], () =>
            {
                var (disk, backups) = _parts.Catalog.Read(reader => (
                    DiskStates.RequireUsable(DiskTable.Get(reader, diskId, caller.Scope)),
                    BackupTable.OfDisk(reader, diskId)));
                if (quota > 0 && quota < backups.Count)
                {
                    throw new DomainException(ErrorCode.InvalidParameter, string.Create(CultureInfo.InvariantCulture,
                        $"Disk {diskId} has {backups.Count} backup points; delete {backups.Count - quota} of them ") +
                        "first, or set the quota to 0, which deletes all.");
                }

                Drop(quota == 0 ? backups : [], rows =>
                {
                    DiskTable.Put(rows, disk with { BackupQuota = (int)quota });
                    _parts.Events.Add(rows, caller, "ModifyDiskBackupQuota", diskId);
                });
                return true;
            });
        });

    /// <summary>Turns a backup point into a snapshot: the point is gone, and its place in the quota is free.</summary>
    /// <returns>The snapshot's id.</returns>
    public string Convert(string backupId, CreateSnapshotRequest request, Caller caller) =>
        _parts.Audited.Run(caller, "CreateSnapshot", backupId, () => _conversion.Run(backupId, request, caller));

    private string Cut(string diskId, string name, Caller caller)
    {
        var (disk, backupId) = _parts.Catalog.Read(reader =>
        {
            var found = DiskTable.Get(reader, diskId, caller.Scope);
            RequireRoom(BackupRules.RequireQuiet(found));
            return (found, _parts.Identifiers.Draw(Identifiers.BackupPrefix, id => BackupTable.IsTaken(reader, id)));
        });
        _parts.Engine.Cut([diskId], (transaction, layerIds) =>
        {
            var rows = SqlTransaction.Of(transaction);
            BackupTable.Put(rows, new DiskBackup
            {
                BackupId = backupId,
                BackupName = name,
                DiskId = diskId,
                LayerId = layerIds[0],
                DiskSizeGiB = disk.DiskSizeGiB,
                DiskUsage = disk.DiskUsage,
                BackupState = SnapshotState.Normal,
                AccountId = disk.AccountId,
                Region = disk.Region,
                CreateTime = _parts.Now,
            });
            _parts.Events.Add(rows, caller, "CreateDiskBackup", backupId);
        });
        return backupId;
    }

    private string? RollBack(RollbackPlan plan, RollbackPermit permit, string backupId, Caller caller) =>
        _rollback.Run(plan, caller, rows =>
        {
            permit.Apply(rows);
            _parts.Events.Add(rows, caller, "ApplyDiskBackup", $"{plan.Disk.DiskId},{backupId}");
        });

    private void Drop(IReadOnlyList<DiskBackup> backups, Action<SqlTransaction> also)
    {
        if (backups.Count == 0)
        {
            _parts.Commit(also);
            return;
        }

        _parts.Engine.DropNames([.. backups.Select(backup => backup.LayerId)], transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            foreach (var backup in backups)
                BackupTable.Delete(rows, backup.BackupId);
            also(rows);
        });
    }

    private List<DiskBackup> Load(IReadOnlyList<string> ids, Caller caller) =>
        _parts.Catalog.Read(reader => ids.Select(id => BackupTable.Get(reader, id, caller.Scope)).ToList());

    private static void RequireRoom(Disk disk)
    {
        if (disk.BackupCount >= disk.BackupQuota)
        {
            throw new DomainException(ErrorCode.OverQuota, string.Create(CultureInfo.InvariantCulture,
                $"Disk {disk.DiskId} has {disk.BackupCount} of {disk.BackupQuota} backup points; delete one, or ") +
                "raise the quota with ModifyDiskBackupQuota.");
        }
    }

    private static DiskBackup RequireOwn(Disk disk, DiskBackup backup) => backup.DiskId == disk.DiskId
        ? backup
        : throw new DomainException(ErrorCode.DiskNotSupported,
            $"Backup point {backup.BackupId} is of disk {backup.DiskId}, not of {disk.DiskId}.");

    private static string CheckName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return DefaultName;
        return name.Length > NameLengthMax || name.Any(char.IsControl)
            ? throw RequestRules.BadValue(
                "DiskBackupName", "at most 100 characters, free of control characters", name)
            : name;
    }
}
