using System.Buffers;
using Tidemark.Engine.Format;

namespace Tidemark.Engine.Index;

/// <summary>
/// Walks the extents of one chunk. Reads one page at first, then four times as many each time, up to a bound.
/// </summary>
internal sealed class ChunkCursor : ExtentCursor
{
    private const int ReadAheadGrowth = 4;

    private readonly Chunk _chunk;
    private readonly long _fromBlock;
    private readonly ExtentBuffer _page = new();
    private byte[] _buffer = [];
    private int _bufferedFrom;
    private int _bufferedCount;
    private int _pageCount = -1;
    private int _nextPage;
    private int _nextExtent;

    /// <summary>
    /// Starts before the first extent that ends after <paramref name="fromBlock"/>. Reads nothing yet.
    /// </summary>
    public ChunkCursor(Chunk chunk, long fromBlock)
    {
        _chunk = chunk;
        _fromBlock = fromBlock;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<uint> CurrentCrcs => _page.Crcs(_nextExtent - 1);

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        if (_pageCount < 0)
            Start();
        while (_nextExtent >= _page.Count)
        {
            if (_nextPage >= _pageCount)
                return false;
            ReadNextPage();
        }

        SetCurrent(_page[_nextExtent++]);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }

    private void Start()
    {
        var directory = _chunk.GetDirectory();
        _pageCount = directory.Header.PageCount;
        _nextPage = directory.PageOf(_fromBlock);
    }

    private void ReadNextPage()
    {
        if (_nextPage >= _bufferedFrom + _bufferedCount)
            FillBuffer();
        var page = _buffer.AsSpan((_nextPage - _bufferedFrom) * Blocks.SizeBytes, Blocks.SizeBytes);
        _page.Clear();
        _nextExtent = 0;
        _chunk.ReadExtents(page, _nextPage, _fromBlock, long.MaxValue, _page);
        _nextPage++;
    }

    private void FillBuffer()
    {
        var pageCount = Math.Clamp(
            _bufferedCount * ReadAheadGrowth, 1, Math.Max(1, _chunk.ReadAheadBytesMax / Blocks.SizeBytes));
        pageCount = Math.Min(pageCount, _pageCount - _nextPage);
        if (_buffer.Length < pageCount * Blocks.SizeBytes)
        {
            var smaller = _buffer;
            _buffer = [];
            if (smaller.Length > 0)
                ArrayPool<byte>.Shared.Return(smaller);
            _buffer = ArrayPool<byte>.Shared.Rent(pageCount * Blocks.SizeBytes);
        }

        _chunk.ReadPages(_nextPage, _buffer.AsSpan(0, pageCount * Blocks.SizeBytes));
        _bufferedFrom = _nextPage;
        _bufferedCount = pageCount;
    }
}
