namespace Tidemark.Disks;

/// <summary>What a disk is for.</summary>
public static class DiskUsage
{
    /// <summary>A data disk; the only kind that can be created.</summary>
    public const string Data = "DATA_DISK";

    /// <summary>A system disk.</summary>
    public const string System = "SYSTEM_DISK";
}
