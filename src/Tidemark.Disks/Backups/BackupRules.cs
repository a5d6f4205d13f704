namespace Tidemark.Disks.Backups;

/// <summary>What a disk's state allows with its backup points.</summary>
internal static class BackupRules
{
    /// <summary>Refuses a disk that is in the recycle bin, or being rolled back.</summary>
    public static Disk RequireQuiet(Disk disk) => DiskStates.RequireUsable(disk).DiskState == DiskState.RollingBack
        ? throw new DomainException(ErrorCode.DiskRollingBack, $"Disk {disk.DiskId} is being rolled back; try again.")
        : disk;

    /// <summary>Refuses a disk that something else is done to now.</summary>
    public static Disk RequireIdle(Disk disk) =>
        RequireQuiet(disk).DiskState is DiskState.Unattached or DiskState.Attached
            ? disk
            : throw new DomainException(ErrorCode.Busy, $"Disk {disk.DiskId} is {disk.DiskState}; try again soon.");
}
