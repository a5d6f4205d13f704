namespace Tidemark.Disks.Backups;

/// <summary>What a disk's state allows with its backup points.</summary>
internal static class BackupRules
{
    /// <summary>Refuses a disk that is in the recycle bin, or being rolled back.</summary>
    public static Disk RequireQuiet(Disk disk) => DiskStates.RequireUsable(disk).DiskState == DiskState.RollingBack
        ? throw new DomainException(ErrorCode.DiskRollingBack, $"Disk {disk.DiskId} is being rolled back; try again.")
        : disk;

    /// <summary>Refuses a disk that cannot be rolled back now.</summary>
    public static Disk RequireIdle(Disk disk)
    {
        if (RequireQuiet(disk).IsAttached)
        {
            throw new DomainException(ErrorCode.DiskNotSupported,
                $"Disk {disk.DiskId} is attached to {disk.InstanceId}; detach it first.");
        }

        return disk.DiskState == DiskState.Unattached
            ? disk
            : throw new DomainException(ErrorCode.Busy, $"Disk {disk.DiskId} is {disk.DiskState}; try again soon.");
    }
}
