namespace Tidemark.Disks.Policies;

/// <summary>A disk that a policy takes snapshots of.</summary>
internal sealed class BoundDisk
{
    /// <summary>The policy.</summary>
    public string PolicyId { get; init; } = string.Empty;

    /// <summary>The disk.</summary>
    public string DiskId { get; init; } = string.Empty;

    /// <summary>The instance that it is attached to; empty when none.</summary>
    public string InstanceId { get; init; } = string.Empty;

    /// <summary>The disk's state.</summary>
    public string State { get; init; } = string.Empty;
}
