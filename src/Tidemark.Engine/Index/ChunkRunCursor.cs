namespace Tidemark.Engine.Index;

/// <summary>Walks the chunks of a run one after the other.</summary>
internal sealed class ChunkRunCursor : ExtentCursor
{
    private readonly Chunk[] _chunks;
    private readonly long _fromBlock;
    private int _nextChunk;
    private ExtentCursor? _cursor;

    /// <summary>Starts with one of the chunks. Reads nothing yet.</summary>
    public ChunkRunCursor(Chunk[] chunks, int firstChunk, long fromBlock)
    {
        _chunks = chunks;
        _nextChunk = firstChunk;
        _fromBlock = fromBlock;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<uint> CurrentCrcs => _cursor is null ? [] : _cursor.CurrentCrcs;

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        while (_cursor is null || !_cursor.MoveNext())
        {
            if (_nextChunk >= _chunks.Length)
                return false;
            _cursor?.Dispose();
            _cursor = _chunks[_nextChunk++].OpenCursor(_fromBlock);
        }

        SetCurrent(_cursor.Current);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _cursor?.Dispose();
        base.Dispose(disposing);
    }
}
