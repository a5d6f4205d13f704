namespace Tidemark.Engine.Layers;

/// <summary>Turns sorted pieces into ranges that cover a span without gaps, neighbours of one kind merged.</summary>
internal sealed class RangeCollector(long firstBlock, long endBlock, int rangesMax, List<BlockRange> ranges)
{
    private readonly int _countBefore = ranges.Count;
    private long _start = firstBlock;
    private long _next = firstBlock;
    private bool _isData;

    /// <summary>True when no further range may be added.</summary>
    public bool IsFull => ranges.Count - _countBefore >= rangesMax;

    /// <summary>Adds a piece; what lies between it and the one before is a hole.</summary>
    public void Add(long pieceFirst, long pieceEnd, bool isData)
    {
        Extend(Math.Min(pieceFirst, endBlock), false);
        Extend(Math.Min(pieceEnd, endBlock), isData);
    }

    /// <summary>Adds the hole at the end and the last range.</summary>
    public void Finish()
    {
        if (!IsFull)
        {
            Extend(endBlock, false);
            Close();
        }
    }

    private void Extend(long end, bool isData)
    {
        if (end <= _next || IsFull)
        {
            return;
        }

        if (isData != _isData)
        {
            Close();
            _isData = isData;
        }

        _next = end;
    }

    private void Close()
    {
        if (_next > _start && !IsFull)
        {
            ranges.Add(new BlockRange(_start, _next - _start, _isData));
        }

        _start = _next;
    }
}
