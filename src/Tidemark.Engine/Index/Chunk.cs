using System.Buffers;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;

namespace Tidemark.Engine.Index;

/// <summary>
/// One immutable piece of a run on disk. Light: what is read stays with <see cref="ChunkFiles"/>. Safe for concurrent
/// use. Reading throws <see cref="CorruptionException"/> when the bytes are not the ones written.
/// </summary>
internal sealed class Chunk
{
    private readonly ChunkFiles _files;

    internal Chunk(ChunkRow row, ChunkFiles files)
    {
        Row = row;
        _files = files;
    }

    /// <summary>What the catalog says of the chunk.</summary>
    public ChunkRow Row { get; }

    /// <summary>
    /// The extents that end after <paramref name="fromBlock"/>, in block order, the first clipped to it.
    /// </summary>
    public ExtentCursor OpenCursor(long fromBlock) => new ChunkCursor(this, fromBlock);

    /// <summary>
    /// Appends every extent from <paramref name="fromBlock"/> to before <paramref name="endBlock"/>, clipped.
    /// </summary>
    public void Collect(long fromBlock, long endBlock, ExtentBuffer into)
    {
        if (fromBlock >= endBlock)
            return;
        var directory = _files.GetDirectory(Row);
        if (directory.Header.PageCount == 0)
            return;
        var pageIndex = directory.PageOf(fromBlock);
        var lastPage = directory.PageOf(endBlock - 1);
        var pagesMax = Math.Min(lastPage - pageIndex + 1, _files.ReadAheadBytesMax / Blocks.SizeBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(pagesMax * Blocks.SizeBytes);
        try
        {
            while (pageIndex <= lastPage)
            {
                var pageCount = Math.Min(lastPage - pageIndex + 1, pagesMax);
                var pages = buffer.AsSpan(0, pageCount * Blocks.SizeBytes);
                ReadPages(pageIndex, pages);
                for (var index = 0; index < pageCount; index++)
                {
                    var page = pages.Slice(index * Blocks.SizeBytes, Blocks.SizeBytes);
                    ReadExtents(page, pageIndex + index, fromBlock, endBlock, into);
                }

                pageIndex += pageCount;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>False when the chunk has no extent in the range. Reads nothing; true may be wrong.</summary>
    public bool MayTouch(long firstBlock, long blockCount) =>
        Row.FirstBlock < firstBlock + blockCount
        && Row.LastBlock >= firstBlock
        && (_files.FindDirectory(Row)?.MayTouch(firstBlock, blockCount) ?? true);

    /// <summary>Appends the regions that the chunk touches.</summary>
    public void CollectRegions(List<RegionRange> into) => _files.GetDirectory(Row).CollectRegions(into);

    /// <summary>
    /// Adds the data blocks that the chunk refers to, by segment, each times <paramref name="sign"/>; a count that
    /// becomes 0 stays as 0, so that the caller finds the segments that nothing refers to any more.
    /// </summary>
    public void AddSegmentReferences(Dictionary<long, long> references, int sign) =>
        SegmentTable.Add(ReadSegmentTable(), references, sign);

    /// <summary>Reads everything anew and compares the extents with the header and the tables.</summary>
    public void Verify()
    {
        var directory = _files.ReadDirectory(Row);
        var references = new Dictionary<long, long>();
        SegmentTable.Add(ReadSegmentTable(), references, 1);
        var stated = new List<RegionRange>();
        directory.CollectRegions(stated);
        var regions = new List<RegionRange>();
        long extents = 0, dataBlocks = 0, zeroBlocks = 0;
        using var cursor = new ChunkCursor(this, 0);
        while (cursor.MoveNext())
        {
            ref readonly var extent = ref cursor.Current;
            extents++;
            dataBlocks += extent.IsZero ? 0 : extent.BlockCount;
            zeroBlocks += extent.IsZero ? extent.BlockCount : 0;
            RegionRange.Append(regions, RegionRange.Of(extent.FirstBlock, extent.BlockCount));
            if (!extent.IsZero)
                references[extent.SegmentId] = references.GetValueOrDefault(extent.SegmentId) - extent.BlockCount;
        }

        if ((extents, dataBlocks, zeroBlocks) != (Row.ExtentCount, Row.DataBlockCount, Row.ZeroBlockCount))
        {
            throw _files.Corruption(
                Row, 0, Row.ToString(), $"{extents} extents, {dataBlocks} data blocks, {zeroBlocks} zero blocks");
        }

        if (!regions.SequenceEqual(stated))
        {
            throw _files.Corruption(
                Row, directory.Header.Regions.OffsetBytes, $"{regions.Count} ranges", $"{stated.Count}");
        }

        if (references.Values.Any(left => left != 0))
            throw _files.Corruption(Row, directory.Header.Segments.OffsetBytes, "the extents' segments", "others");
    }

    internal ChunkDirectory GetDirectory() => _files.GetDirectory(Row);

    internal int ReadAheadBytesMax => _files.ReadAheadBytesMax;

    /// <summary>Fills a buffer with whole pages.</summary>
    internal void ReadPages(int pageIndex, Span<byte> pages) => _files.Read(Row, OffsetOf(pageIndex), pages);

    /// <summary>Verifies a page and appends its extents in the range.</summary>
    internal void ReadExtents(ReadOnlySpan<byte> page, int pageIndex, long fromBlock, long endBlock, ExtentBuffer into)
    {
        if (ChunkPage.TryRead(page, Row.ObjectId, pageIndex, fromBlock, endBlock, into) is { } reason)
            throw _files.Corruption(Row, OffsetOf(pageIndex), "an index page", reason);
    }

    private static long OffsetOf(int pageIndex) => (1L + pageIndex) * Blocks.SizeBytes;

    private byte[] ReadSegmentTable() =>
        _files.ReadTable(Row, GetDirectory().Header.Segments, "the segment table");
}
