namespace Tidemark.Engine.Catalog;

/// <summary>
/// One chunk of one run of a layer's index. Key: (LayerId, RunNumber, FirstBlock). A run's chunks do not overlap; of
/// two runs the one with the higher number is newer and hides the other.
/// </summary>
/// <param name="LayerId">The layer that owns the index.</param>
/// <param name="RunNumber">The run within the layer; higher is newer.</param>
/// <param name="FirstBlock">The first block that the chunk speaks of.</param>
/// <param name="LastBlock">The last one, inclusive.</param>
/// <param name="IsFooter">True when the chunk is the footer of segment <paramref name="ObjectId"/>, false for an index
/// file.</param>
/// <param name="ObjectId">Segment id or index file id.</param>
/// <param name="OffsetBytes">Where in the file the chunk starts.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="ExtentCount">Extents in the chunk.</param>
/// <param name="DataBlockCount">Blocks with data.</param>
/// <param name="ZeroBlockCount">Blocks written as zero or trimmed.</param>
public sealed record ChunkRow(
    long LayerId,
    long RunNumber,
    long FirstBlock,
    long LastBlock,
    bool IsFooter,
    long ObjectId,
    long OffsetBytes,
    long LengthBytes,
    long ExtentCount,
    long DataBlockCount,
    long ZeroBlockCount);
