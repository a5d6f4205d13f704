using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Backups;

/// <summary>
/// Turns a backup point into a snapshot. The layer's name changes its owner within one transaction, so the engine has
/// nothing to do.
/// </summary>
internal sealed class BackupConversion(DomainParts parts)
{
    private static readonly TimeSpan DeadlineMin = TimeSpan.FromDays(1);

    /// <summary>Turns it.</summary>
    /// <returns>The snapshot's id.</returns>
    public string Run(string backupId, CreateSnapshotRequest request, Caller caller)
    {
        RequestRules.Id(backupId, "DiskBackupId", Identifiers.BackupPrefix);
        var name = RequestRules.Name(request.SnapshotName, "SnapshotName");
        var tags = RequestRules.Tags(request.Tags);
        if (request.Deadline < parts.Now + DeadlineMin)
            throw RequestRules.BadValue("Deadline", "at least one day ahead", request.Deadline?.ToString("O"));
        var diskId = parts.Catalog.Read(reader => BackupTable.Get(reader, backupId, caller.Scope)).DiskId;
        return parts.Locks.Run([diskId], () => Convert(backupId, request, name, tags, caller));
    }

    private string Convert(
        string backupId, CreateSnapshotRequest request, string name, IReadOnlyList<Tag> tags, Caller caller)
    {
        var (disk, backup, snapshotId) = parts.Catalog.Read(reader =>
        {
            var found = BackupTable.Get(reader, backupId, caller.Scope);
            return (
                BackupRules.RequireQuiet(DiskTable.Get(reader, found.DiskId, caller.Scope)),
                found,
                parts.Identifiers.Draw(Identifiers.SnapshotPrefix, id => SnapshotTable.IsTaken(reader, id)));
        });
        if (!string.IsNullOrEmpty(request.DiskId) && request.DiskId != disk.DiskId)
        {
            throw new DomainException(ErrorCode.InvalidParameter,
                $"Backup point {backupId} is of disk {disk.DiskId}, not of {request.DiskId}; leave DiskId out.");
        }

        var usage = RequestRules.Choice(
            request.DiskUsage, "DiskUsage", [DiskUsage.Data, DiskUsage.System], backup.DiskUsage);
        parts.Commit(rows =>
        {
            parts.Quotas.CheckSnapshots(rows.Rows, disk.Home, 1);
            BackupTable.Delete(rows, backupId);
            SnapshotTable.Put(rows, Snapshot(disk, backup) with
            {
                SnapshotId = snapshotId,
                SnapshotName = name,
                DiskUsage = usage,
                DeadlineTime = request.Deadline,
            });
            TagTable.Put(rows, snapshotId, tags);
            parts.Events.Add(rows, caller, "CreateSnapshot", snapshotId);
        });
        return snapshotId;
    }

    // The content is as old as the point; the snapshot says so.
    private Snapshot Snapshot(Disk disk, DiskBackup backup) => new()
    {
        SnapshotId = string.Empty,
        SnapshotName = string.Empty,
        DiskId = disk.DiskId,
        LayerId = backup.LayerId,
        DiskSizeGiB = backup.DiskSizeGiB,
        DiskUsage = backup.DiskUsage,
        SnapshotState = SnapshotState.Normal,
        AccountId = backup.AccountId,
        Region = backup.Region,
        Origin = SnapshotOrigin.Backup,
        Zone = disk.Zone,
        ProjectId = disk.ProjectId,
        CreateTime = backup.CreateTime,
        ModifyTime = parts.Now,
    };
}
