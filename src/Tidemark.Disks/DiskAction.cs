namespace Tidemark.Disks;

/// <summary>What may be asked of a disk; its state decides which of them it allows.</summary>
internal enum DiskAction
{
    /// <summary>Attach it to an instance.</summary>
    Attach,

    /// <summary>Detach it.</summary>
    Detach,

    /// <summary>Grow it.</summary>
    Resize,

    /// <summary>Change name, project, type, flags: nothing that the running of the disk depends on.</summary>
    Modify,

    /// <summary>Change how it is paid for, or the performance that is paid for.</summary>
    Reorder,

    /// <summary>Move the deadline of a prepaid disk, from the recycle bin too.</summary>
    Renew,

    /// <summary>Terminate it.</summary>
    Terminate,
}
