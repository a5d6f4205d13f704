namespace Tidemark.Disks;

/// <summary>What a disk's state allows.</summary>
internal static class DiskStates
{
    /// <summary>Refuses a disk that is in the recycle bin.</summary>
    public static Disk RequireUsable(Disk disk) => disk.DiskState == DiskState.ToRecycle
        ? throw new DomainException(ErrorCode.DiskExpired,
            $"Disk {disk.DiskId} is in the recycle bin and is destroyed at its deadline; nothing else can be done with it.")
        : disk;
}
