namespace Tidemark.Disks;

/// <summary>What a disk's state allows.</summary>
internal static class DiskStates
{
    /// <summary>Refuses a disk that is in the recycle bin.</summary>
    public static Disk RequireUsable(Disk disk) => disk.DiskState == DiskState.ToRecycle
        ? throw new DomainException(ErrorCode.DiskExpired,
            $"Disk {disk.DiskId} is in the recycle bin; it can only be terminated for good, which also happens by " +
            "itself.")
        : disk;
}
