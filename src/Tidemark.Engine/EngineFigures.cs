namespace Tidemark.Engine;

/// <summary>Figures of the engine at one moment, for whoever watches it from outside.</summary>
public sealed record EngineFigures
{
    /// <summary>Bytes that a writer can still allocate.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>The size of what holds the store; 0 when the store does not know.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Layers, unnamed ones included.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Segments that the catalog lists and those being written.</summary>
    public required int SegmentCount { get; init; }

    /// <summary>Their lengths, holes included.</summary>
    public required long SegmentBytes { get; init; }

    /// <summary>Bytes known to be dead that are not yet given back.</summary>
    public required long PendingBytes { get; init; }

    /// <summary>Changes that wait until no read needs what they hide, and files that wait to be removed.</summary>
    public required int RemovalCount { get; init; }

    /// <summary>Sealed layers without a name that wait to be dropped or folded.</summary>
    public required int FoldCount { get; init; }

    /// <summary>Sealed layers whose index is known to have more than one run.</summary>
    public required int MergeCount { get; init; }

    /// <summary>Segments that are written and not yet listed in the catalog.</summary>
    public required int UnpublishedCount { get; init; }

    /// <summary>Unmanaged memory of the map cache in use.</summary>
    public required long MapBytes { get; init; }

    /// <summary>What it may take.</summary>
    public required long MapBudgetBytes { get; init; }

    /// <summary>Every disk of the catalog, sorted by id.</summary>
    public required IReadOnlyList<DiskFigures> Disks { get; init; }
}
