namespace Tidemark.Engine.Index;

/// <summary>
/// Reads from a segment until <paramref name="destination"/> is full or the file ends, and keeps the file open
/// meanwhile. Called from any thread. Throws <see cref="Stores.StoreException"/> as the store does.
/// </summary>
/// <param name="segmentId">The segment.</param>
/// <param name="offsetBytes">Where to read, from the start of the file.</param>
/// <param name="destination">Receives the bytes.</param>
/// <returns>The bytes read.</returns>
internal delegate int SegmentRead(long segmentId, long offsetBytes, Span<byte> destination);
