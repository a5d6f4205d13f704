using Tidemark.Api.Wire;
using Tidemark.Disks.Backups;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>A backup point as the CBS API shows it, every documented member present.</summary>
internal sealed class WireDiskBackup(DiskBackup backup)
{
    public string DiskBackupId => backup.BackupId;

    public string DiskBackupName => backup.BackupName;

    public string DiskBackupState => backup.BackupState;

    public int Percent => backup.Percent;

    public string DiskId => backup.DiskId;

    public long DiskSize => backup.DiskSizeGiB;

    public string DiskUsage => backup.DiskUsage;

    public bool Encrypt { get; }

    public string CreateTime => WireTime.WithOffset(backup.CreateTime);
}
