using System.Buffers;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Index;

/// <summary>Ends a segment: the index of what it holds, as a chunk, and the trailer behind it.</summary>
internal static class FooterWriter
{
    // Within a page at most this much stays unused by splitting, and each page can start a split extent anew.
    private const int PageBytesMin = ChunkPage.CapacityBytes - 2 * ChunkPage.ExtentBytes - 16 * ChunkPage.CrcBytes;

    // Two base-128 numbers: a gap of up to four bytes, and the length, which takes a second byte only in a long trim.
    private const int RegionBytes = 6;

    /// <summary>
    /// A bound for the footer's length, trailer included, of a segment with so many extents in log order. Flattening
    /// can cut an extent in two for each other that falls inside it.
    /// </summary>
    public static long LengthBytesMax(int dataExtentCount, int zeroExtentCount, long dataBlockCount)
    {
        long extentCount = (long)dataExtentCount + zeroExtentCount;
        var cuts = zeroExtentCount > 0
            ? extentCount
            : Math.Min(extentCount, (dataBlockCount - dataExtentCount) / 2);
        var pieces = extentCount + cuts;
        var contentBytes = pieces * ChunkPage.ExtentBytes + dataBlockCount * ChunkPage.CrcBytes;
        var pageCount = (contentBytes + PageBytesMin - 1) / PageBytesMin;
        return Blocks.SizeBytes
            + pageCount * Blocks.SizeBytes
            + Blocks.AlignUp(pageCount * sizeof(long))
            + Blocks.AlignUp(pieces * RegionBytes)
            + Blocks.AlignUp(SegmentTable.EntryBytes)
            + Blocks.SizeBytes;
    }

    /// <summary>
    /// True when the footer of such a segment is sure to fit behind <see cref="SegmentLayout.DataSlotsMax"/> slots. It
    /// always does when all extents are data; many zero extents end a segment early.
    /// </summary>
    public static bool Fits(int dataExtentCount, int zeroExtentCount, long dataBlockCount) =>
        LengthBytesMax(dataExtentCount, zeroExtentCount, dataBlockCount)
            <= SegmentLayout.FooterChunkBytesMax + Blocks.SizeBytes;

    /// <summary>
    /// Writes chunk and trailer behind the records, and cuts the file back to them. Syncs nothing: the segment is
    /// finished once the caller has synced it.
    /// </summary>
    /// <param name="segment">The segment's file, open for writing.</param>
    /// <param name="offsetBytes">Where the records end: a multiple of 4 KiB.</param>
    /// <param name="flat">What the segment holds, flattened.</param>
    /// <param name="layerId">The layer that the segment belongs to.</param>
    /// <param name="runNumber">The run that the chunk is in that layer's index.</param>
    /// <param name="sequences">The sequences of the first and the last record.</param>
    /// <returns>The chunk's row for the catalog.</returns>
    public static ChunkRow Write(
        StoreFile segment,
        long offsetBytes,
        ExtentBuffer flat,
        long layerId,
        long runNumber,
        (long First, long Last) sequences)
    {
        using var builder = new ChunkBuilder(segment, offsetBytes, ChunkKind.Footer, layerId, runNumber);
        for (var index = 0; index < flat.Count; index++)
            builder.Add(flat[index], flat.Crcs(index));
        var row = builder.Finish();
        var trailer = new SegmentTrailer(segment.Id, sequences.First, sequences.Last, offsetBytes, row.LengthBytes);
        var block = ArrayPool<byte>.Shared.Rent(Blocks.SizeBytes);
        try
        {
            trailer.Write(block.AsSpan(0, Blocks.SizeBytes));
            segment.Write(offsetBytes + row.LengthBytes, block.AsSpan(0, Blocks.SizeBytes), []);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        segment.Truncate(offsetBytes + row.LengthBytes + Blocks.SizeBytes);
        return row;
    }
}
