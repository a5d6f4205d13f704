namespace Tidemark.Engine.Catalog;

/// <summary>What the catalog knows of a disk's place in the engine.</summary>
/// <param name="DiskId">The disk's id, 1 to 32 ASCII characters; the key.</param>
/// <param name="SizeBytes">The size, a multiple of 512.</param>
/// <param name="HeadLayerId">The open layer that the disk names.</param>
/// <param name="PublishedSequence">Every record up to this sequence is in segments that the catalog lists.</param>
/// <param name="LastSegmentId">The last segment that the catalog lists for the disk; 0 when none.</param>
/// <param name="BootGeneration">Raised when an answered write that was not flushed may have been lost.</param>
public sealed record DiskRow(
    string DiskId,
    long SizeBytes,
    long HeadLayerId,
    long PublishedSequence,
    long LastSegmentId,
    long BootGeneration);
