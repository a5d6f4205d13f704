namespace Tidemark.Engine.Index;

/// <summary>Walks a sorted buffer, which must not change meanwhile.</summary>
internal sealed class BufferCursor : ExtentCursor
{
    private readonly ExtentBuffer _buffer;
    private readonly long _fromBlock;
    private int _next;
    private int _skippedCrcs;

    /// <summary>Starts before the first extent that ends after <paramref name="fromBlock"/>.</summary>
    public BufferCursor(ExtentBuffer buffer, long fromBlock)
    {
        _buffer = buffer;
        _fromBlock = fromBlock;
        _next = buffer.FindFirstEndingAfter(fromBlock);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<uint> CurrentCrcs => Current.IsZero ? [] : _buffer.Crcs(_next - 1)[_skippedCrcs..];

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        if (_next >= _buffer.Count)
            return false;
        ref readonly var extent = ref _buffer[_next++];
        var firstBlock = Math.Max(extent.FirstBlock, _fromBlock);
        _skippedCrcs = (int)(firstBlock - extent.FirstBlock);
        SetCurrent(_skippedCrcs == 0 ? extent : extent.Slice(firstBlock, (int)(extent.EndBlock - firstBlock)));
        return true;
    }
}
