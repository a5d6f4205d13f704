namespace Tidemark.Engine.Index;

/// <summary>Where a chunk is. Each file has one chunk, so that the offset needs no place in it.</summary>
/// <param name="IsFooter">True for a segment's footer, false for an index file.</param>
/// <param name="ObjectId">Segment id or index file id.</param>
internal readonly record struct ChunkPlace(bool IsFooter, long ObjectId);
