namespace Tidemark.Engine.Catalog;

/// <summary>A layer of a family's tree.</summary>
/// <param name="LayerId">The key; never used twice.</param>
/// <param name="DiskId">The disk that wrote, or writes, the layer.</param>
/// <param name="ParentLayerId">The layer below; 0 for a root.</param>
/// <param name="IsSealed">False for the open layer of a disk.</param>
/// <param name="NameCount">How many snapshots name the layer; 0 makes a sealed layer a candidate for folding.</param>
/// <param name="FirstSequence">The first sequence that belongs to the layer in its disk's log.</param>
/// <param name="LastSequence">The last one; <see cref="long.MaxValue"/> while the layer is open.</param>
/// <param name="SizeBytes">The size of the disk when the layer was sealed, or now while it is open.</param>
public sealed record LayerRow(
    long LayerId,
    string DiskId,
    long ParentLayerId,
    bool IsSealed,
    int NameCount,
    long FirstSequence,
    long LastSequence,
    long SizeBytes);
