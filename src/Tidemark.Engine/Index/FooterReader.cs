using System.Buffers;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Index;

/// <summary>Finds the footer of a finished segment from the end of its file.</summary>
internal static class FooterReader
{
    /// <summary>
    /// Reads trailer and chunk header. After a power cut a trailer may be there and the pages before it may not: a
    /// segment that nobody knows to be synced needs <see cref="Chunk.Verify"/> too, or a replay of its records.
    /// </summary>
    /// <param name="segment">The segment's file.</param>
    /// <param name="reason">Why there is no footer; null when there is one.</param>
    /// <returns>The footer, or null when the file is torn or the segment not finished.</returns>
    public static (SegmentTrailer Trailer, ChunkRow Chunk)? TryRead(StoreFile segment, out string? reason)
    {
        var lengthBytes = segment.LengthBytes;
        if (lengthBytes < 3 * Blocks.SizeBytes || lengthBytes % Blocks.SizeBytes != 0)
        {
            reason = $"{segment.Name} has {lengthBytes} bytes, which is no finished segment";
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Blocks.SizeBytes);
        try
        {
            var block = buffer.AsSpan(0, Blocks.SizeBytes);
            var trailer = TryReadTrailer(segment, lengthBytes, block, out reason);
            if (trailer is null)
                return null;
            var row = TryReadRow(segment, trailer, block, out reason);
            return row is null ? null : (trailer, row);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static SegmentTrailer? TryReadTrailer(
        StoreFile segment, long lengthBytes, Span<byte> block, out string? reason)
    {
        var offset = lengthBytes - Blocks.SizeBytes;
        if (!TryReadBlock(segment, offset, block, out reason)
            || !SegmentTrailer.TryRead(block, out var trailer, out reason))
        {
            return null;
        }

        var isInPlace = trailer.SegmentId == segment.Id
            && trailer.ChunkOffsetBytes >= Blocks.SizeBytes
            && trailer.ChunkOffsetBytes % Blocks.SizeBytes == 0
            && trailer.ChunkOffsetBytes + trailer.ChunkLengthBytes == offset;
        reason = isInPlace
            ? null
            : $"{segment.Name} ends at {lengthBytes} with a trailer that belongs elsewhere: {trailer}";
        return isInPlace ? trailer : null;
    }

    private static ChunkRow? TryReadRow(
        StoreFile segment, SegmentTrailer trailer, Span<byte> block, out string? reason)
    {
        if (!TryReadBlock(segment, trailer.ChunkOffsetBytes, block, out reason)
            || !ChunkHeader.TryRead(block, out var header, out reason))
        {
            return null;
        }

        var isInPlace = header.ChunkKind == ChunkKind.Footer
            && header.ObjectId == segment.Id
            && header.LengthBytes == trailer.ChunkLengthBytes;
        reason = isInPlace ? null : $"{segment.Name} has a chunk that does not go with its trailer: {header}";
        return isInPlace ? ChunkBuilder.ToRow(header, trailer.ChunkOffsetBytes) : null;
    }

    private static bool TryReadBlock(StoreFile segment, long offset, Span<byte> block, out string? reason)
    {
        var found = segment.Read(offset, block);
        reason = found == block.Length
            ? null
            : $"{segment.Name} has {found} bytes at {offset}, expected {block.Length}";
        return reason is null;
    }
}
