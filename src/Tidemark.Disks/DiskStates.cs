namespace Tidemark.Disks;

/// <summary>
/// What a disk's state allows: in the passing states (ATTACHING, DETACHING, EXPANDING, ROLLBACKING) little, in the
/// recycle bin only to renew and to terminate. Lasting refusals have codes that clients do not retry.
/// </summary>
internal static class DiskStates
{
    /// <summary>Refuses a disk that is in the recycle bin.</summary>
    public static Disk RequireUsable(Disk disk) =>
        disk.DiskState == DiskState.ToRecycle ? throw Expired(disk) : disk;

    /// <summary>Refuses what the disk's state does not allow.</summary>
    /// <returns>The disk.</returns>
    public static Disk Require(Disk disk, DiskAction action) =>
        Refusal(disk, action) is { } refusal ? throw refusal : disk;

    private static DomainException? Refusal(Disk disk, DiskAction action) => disk.DiskState switch
    {
        DiskState.ToRecycle => action is DiskAction.Renew or DiskAction.Terminate ? null : Expired(disk),
        DiskState.Attaching or DiskState.Detaching or DiskState.Expanding or DiskState.RollingBack =>
            action is DiskAction.Modify ? null : Passing(disk, action),
        DiskState.Attached when action is DiskAction.Terminate => new DomainException(
            ErrorCode.WrongState, $"Disk {disk.DiskId} is attached to {disk.InstanceId}; detach it first."),
        DiskState.Unattached when action is DiskAction.Detach => new DomainException(
            ErrorCode.WrongState, $"Disk {disk.DiskId} is not attached to any instance; there is nothing to detach."),
        _ => null,
    };

    private static DomainException Expired(Disk disk) => new(
        ErrorCode.DiskExpired,
        $"Disk {disk.DiskId} is in the recycle bin; bring it back with RenewDisk, or terminate it for good, which " +
        "also happens by itself.");

    private static DomainException Passing(Disk disk, DiskAction action)
    {
        var isAttachment = disk.DiskState is DiskState.Attaching or DiskState.Detaching;
        var code = action switch
        {
            DiskAction.Reorder or DiskAction.Renew => ErrorCode.DiskBusy,
            DiskAction.Resize when !isAttachment => ErrorCode.DiskBusy,
            _ => ErrorCode.Busy,
        };
        return new DomainException(code, $"Disk {disk.DiskId} is {disk.DiskState}; try again when that is over.");
    }
}
