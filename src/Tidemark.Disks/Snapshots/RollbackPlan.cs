namespace Tidemark.Disks.Snapshots;

/// <summary>A disk whose content is to be replaced.</summary>
/// <param name="Disk">The disk, alone: its lock is held and no client is connected.</param>
/// <param name="LayerId">What it is put on; null leaves it empty.</param>
/// <param name="SafetyName">What the snapshot of the replaced content is called; cut at 60 bytes.</param>
/// <param name="KeepsSafety">Whether the request wants that snapshot; the server's options may still say no.</param>
internal sealed record RollbackPlan(Disk Disk, long? LayerId, string SafetyName, bool KeepsSafety)
{
    /// <summary>A rollback to a layer that has a name and an id of its own.</summary>
    public static RollbackPlan To(Disk disk, long layerId, string name, string id, bool keepsSafety) => new(
        disk, layerId, "before rollback to " + (name == RequestRules.DefaultName ? id : name), keepsSafety);
}
