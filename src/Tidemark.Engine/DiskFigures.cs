namespace Tidemark.Engine;

/// <summary>Figures of one disk at one moment.</summary>
public sealed record DiskFigures
{
    /// <summary>The disk.</summary>
    public required string DiskId { get; init; }

    /// <summary>Its size.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Layers that a read of the disk may have to look at: the open one and all below it.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Lengths of the segments that its log wrote, holes included, whoever needs them now.</summary>
    public required long SegmentBytes { get; init; }

    /// <summary>Bytes of them known to be dead that are not yet given back.</summary>
    public required long DeadBytes { get; init; }

    /// <summary>Bytes written that no flush has made durable yet.</summary>
    public required long UnsyncedBytes { get; init; }

    /// <summary>Whether it was opened since the engine was.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether a device error has stopped it.</summary>
    public required bool IsFaulted { get; init; }
}
