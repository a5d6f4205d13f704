using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Index;

/// <summary>
/// One run of <see cref="ExtentBuffer.Flatten"/>: a sweep over the extents by first block, with a heap of those that
/// reach the place of the sweep, the winner on top. n log n for n extents; at most 2n pieces come out.
/// </summary>
internal sealed class ExtentFlattening
{
    private readonly ExtentBuffer _source;
    private readonly List<DeadRange>? _dead;
    private readonly ExtentBuffer _output = new();
    private readonly PriorityQueue<int, (long Sequence, int Index)> _open = new(WinnerFirst.Instance);
    private readonly int[] _order;

    // Up to where each extent's blocks are accounted for, as visible or as dead. Pieces come out in block order, so
    // what
    // lies between this mark and the next visible piece is hidden.
    private readonly long[] _accountedTo;
    private int _next;

    /// <summary>Prepares the sweep; the source must not change until it is over.</summary>
    public ExtentFlattening(ExtentBuffer source, List<DeadRange>? dead)
    {
        _source = source;
        _dead = dead;
        _order = new int[source.Count];
        _accountedTo = new long[source.Count];
        var firstBlocks = new long[source.Count];
        for (var index = 0; index < source.Count; index++)
        {
            _order[index] = index;
            firstBlocks[index] = _accountedTo[index] = source[index].FirstBlock;
        }

        firstBlocks.AsSpan().Sort(_order.AsSpan());
    }

    /// <summary>Makes the sweep and gives what is visible.</summary>
    public ExtentBuffer Run()
    {
        var block = 0L;
        while (TryOpenAt(ref block, out var winner))
        {
            var endBlock = EndOfPiece(winner);
            Emit(winner, block, endBlock);
            block = endBlock;
        }

        for (var index = 0; index < _source.Count; index++)
            AccountTo(index, _source[index].EndBlock);
        return _output;
    }

    /// <summary>Finds the winner at <paramref name="block"/>, or at the next block that has one.</summary>
    private bool TryOpenAt(ref long block, out int winner)
    {
        while (true)
        {
            while (_open.TryPeek(out winner, out _) && _source[winner].EndBlock <= block)
                _open.Dequeue();
            if (_open.Count > 0 && !(_next < _order.Length && NextFirstBlock <= block))
                return true;
            if (_next == _order.Length)
                return false;
            if (_open.Count == 0)
                block = Math.Max(block, NextFirstBlock);
            while (_next < _order.Length && NextFirstBlock <= block)
                Open(_order[_next++]);
        }
    }

    /// <summary>Where the winner's piece ends: at its own end, or where an extent starts that hides it.</summary>
    private long EndOfPiece(int winner)
    {
        var endBlock = _source[winner].EndBlock;
        var rank = (_source[winner].Sequence, winner);
        while (_next < _order.Length && NextFirstBlock < endBlock)
        {
            var index = _order[_next];
            if (WinnerFirst.Instance.Compare((_source[index].Sequence, index), rank) < 0)
                return NextFirstBlock;
            Open(index);
            _next++;
        }

        return endBlock;
    }

    private long NextFirstBlock => _source[_order[_next]].FirstBlock;

    private void Open(int index) => _open.Enqueue(index, (_source[index].Sequence, index));

    private void Emit(int index, long firstBlock, long endBlock)
    {
        AccountTo(index, firstBlock);
        _accountedTo[index] = endBlock;
        ref readonly var extent = ref _source[index];
        var blockCount = (int)(endBlock - firstBlock);
        var crcs = extent.IsZero
            ? []
            : _source.Crcs(index).Slice((int)(firstBlock - extent.FirstBlock), blockCount);
        _output.AddJoined(extent.Slice(firstBlock, blockCount), crcs);
    }

    private void AccountTo(int index, long block)
    {
        if (_dead is not null)
            ExtentJoin.AddDead(_dead, _source[index], _accountedTo[index], block);
    }

    private sealed class WinnerFirst : IComparer<(long Sequence, int Index)>
    {
        public static readonly WinnerFirst Instance = new();

        public int Compare((long Sequence, int Index) x, (long Sequence, int Index) y)
        {
            var bySequence = y.Sequence.CompareTo(x.Sequence);
            return bySequence != 0 ? bySequence : y.Index.CompareTo(x.Index);
        }
    }
}
