namespace Tidemark.Disks.Snapshots;

/// <summary>What the states of snapshots and disks allow; each rule refuses with the code that CBS documents.</summary>
internal static class SnapshotRules
{
    /// <summary>A snapshot that may be deleted: complete, not shared, not locked, not being copied.</summary>
    public static Snapshot RequireDeletable(Snapshot snapshot)
    {
        RequireComplete(snapshot);
        RequireNotShared(snapshot, "deleted");
        RequireUnlocked(snapshot, "deleted");
        return snapshot.CopyingToRegions.Count == 0
            ? snapshot
            : throw new DomainException(ErrorCode.Busy,
                $"Snapshot {snapshot.SnapshotId} is being copied to {string.Join(", ", snapshot.CopyingToRegions)}; " +
                "try again when the copy is complete.");
    }

    /// <summary>Whether <see cref="RequireDeletable"/> would not refuse.</summary>
    public static bool IsDeletable(Snapshot snapshot) =>
        snapshot is { SnapshotState: SnapshotState.Normal, ShareCount: 0, IsLocked: false, CopyingToRegions.Count: 0 };

    /// <summary>A snapshot whose name and deadline may be changed: not shared, not locked; in any state.</summary>
    public static Snapshot RequireChangeable(Snapshot snapshot)
    {
        RequireNotShared(snapshot, "changed");
        RequireUnlocked(snapshot, "changed");
        return snapshot;
    }

    /// <summary>A snapshot that is complete and of this disk, which is large enough for it.</summary>
    public static Snapshot RequireApplicable(Snapshot snapshot, Disk disk)
    {
        RequireComplete(snapshot);
        if (snapshot.CopySourceId.Length > 0 || snapshot.DiskId != disk.DiskId)
        {
            var source = snapshot.CopySourceId.Length > 0
                ? $"a copy of {snapshot.CopySourceId}"
                : $"of disk {snapshot.DiskId}";
            throw new DomainException(ErrorCode.SnapshotNotSupported,
                $"Snapshot {snapshot.SnapshotId} is {source}, not of {disk.DiskId}. " +
                "A disk is rolled back only to its own snapshots; create a new disk from this one instead.");
        }

        return snapshot.DiskSizeGiB <= disk.DiskSizeGiB
            ? snapshot
            : throw new DomainException(ErrorCode.DiskSizeNotMatch,
                $"Snapshot {snapshot.SnapshotId} is of {snapshot.DiskSizeGiB} GiB and disk {disk.DiskId} has only " +
                $"{disk.DiskSizeGiB} GiB; create a new disk from the snapshot instead.");
    }

    /// <summary>A disk that snapshots may be taken of: in any state but the recycle bin and a rollback.</summary>
    public static Disk RequireCuttable(Disk disk) => DiskStates.RequireUsable(disk).DiskState == DiskState.RollingBack
        ? throw RollingBack(disk)
        : disk;

    /// <summary>A disk whose whole content may be replaced, as far as nothing else is going on.</summary>
    public static Disk RequireReplaceable(Disk disk)
    {
        DiskStates.RequireUsable(disk);
        switch (disk.DiskState)
        {
            case DiskState.RollingBack:
                throw RollingBack(disk);
            case DiskState.Expanding:
                throw new DomainException(ErrorCode.DiskBusy,
                    $"Disk {disk.DiskId} is being enlarged; try again when it has its new size.");
            case DiskState.Attaching or DiskState.Detaching:
                throw new DomainException(ErrorCode.Busy,
                    $"Disk {disk.DiskId} is in state {disk.DiskState}; try again when it is detached.");
            default:
                break;
        }

        return disk;
    }

    /// <summary>A disk that is attached to no instance.</summary>
    public static Disk RequireDetached(Disk disk) => disk.IsAttached
        ? throw new DomainException(ErrorCode.WrongState,
            $"Disk {disk.DiskId} is attached to {disk.InstanceId}; detach it first.")
        : disk;

    private static void RequireComplete(Snapshot snapshot)
    {
        if (snapshot.SnapshotState == SnapshotState.Normal)
            return;
        var code = snapshot.SnapshotState == SnapshotState.RollingBack ? ErrorCode.Busy : ErrorCode.SnapshotCreating;
        throw new DomainException(code,
            $"Snapshot {snapshot.SnapshotId} is in state {snapshot.SnapshotState}; try again when it is NORMAL.");
    }

    private static void RequireNotShared(Snapshot snapshot, string what)
    {
        if (snapshot.ShareCount > 0)
        {
            throw new DomainException(ErrorCode.SnapshotShared,
                $"Snapshot {snapshot.SnapshotId} is shared with {snapshot.ShareCount} account(s); it can be {what} " +
                "when the sharing is cancelled.");
        }
    }

    private static void RequireUnlocked(Snapshot snapshot, string what)
    {
        if (snapshot.IsLocked)
        {
            throw new DomainException(ErrorCode.SnapshotNotSupported,
                $"Snapshot {snapshot.SnapshotId} is locked; it can be {what} when it is unlocked (UnlockSnapshots).");
        }
    }

    private static DomainException RollingBack(Disk disk) => new(
        ErrorCode.DiskRollingBack, $"Disk {disk.DiskId} is being rolled back; try again when that is done.");
}
