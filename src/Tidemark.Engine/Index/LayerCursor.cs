using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Index;

/// <summary>
/// The visible extents of several cursors of which an earlier one hides a later: a layer's runs, newest first. Drained
/// to the end it has accounted for every slot from its start, as given out or as dead. log k for each extent of k runs.
/// </summary>
internal sealed class LayerCursor : ExtentCursor
{
    private readonly ExtentCursor[] _cursors;
    private readonly List<DeadRange>? _dead;

    // Up to where the current extent of each cursor is accounted for; what lies between this mark and its next visible
    // piece is hidden.
    private readonly long[] _accountedTo;

    // Cursors by the first block of their extent, which starts after the place of the sweep.
    private readonly PriorityQueue<int, long> _waiting;

    // Cursors whose extent starts at or before it, newest first. One whose extent is over may lie below the top: it
    // cannot win while a newer one covers the place, and goes on when it comes to the top.
    private readonly PriorityQueue<int, int> _open;
    private long _block;
    private int _winner = -1;
    private int _skippedCrcs;
    private bool _isStarted;

    /// <summary>Opens a cursor on each run.</summary>
    /// <param name="newestFirst">The runs; each hides all after it.</param>
    /// <param name="fromBlock">The first block of interest.</param>
    /// <param name="dead">Receives the slots of hidden data, as the cursor passes them; null when nobody needs
    /// them.</param>
    public LayerCursor(IReadOnlyList<Run> newestFirst, long fromBlock, List<DeadRange>? dead = null)
        : this(OpenAll(newestFirst, fromBlock), dead)
    {
    }

    /// <summary>Takes over cursors, newest first, which it disposes.</summary>
    public LayerCursor(ExtentCursor[] newestFirst, List<DeadRange>? dead)
    {
        _cursors = newestFirst;
        _dead = dead;
        _accountedTo = new long[newestFirst.Length];
        _waiting = new PriorityQueue<int, long>(newestFirst.Length);
        _open = new PriorityQueue<int, int>(newestFirst.Length);
    }

    /// <summary>Extents read from the runs so far.</summary>
    public long ExtentsRead { get; private set; }

    /// <inheritdoc/>
    public override ReadOnlySpan<uint> CurrentCrcs =>
        Current.IsZero ? [] : _cursors[_winner].CurrentCrcs.Slice(_skippedCrcs, Current.BlockCount);

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        if (!_isStarted)
            Start();
        if (!TryOpenWinner())
            return false;

        var endBlock = EndOfPiece();
        ref readonly var extent = ref _cursors[_winner].Current;
        AccountTo(_winner, _block);
        _accountedTo[_winner] = endBlock;
        _skippedCrcs = (int)(_block - extent.FirstBlock);
        SetCurrent(extent.Slice(_block, (int)(endBlock - _block)));
        _block = endBlock;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var cursor in _cursors)
            cursor.Dispose();
        base.Dispose(disposing);
    }

    private static ExtentCursor[] OpenAll(IReadOnlyList<Run> runs, long fromBlock)
    {
        var cursors = new ExtentCursor[runs.Count];
        for (var index = 0; index < cursors.Length; index++)
            cursors[index] = runs[index].OpenCursor(fromBlock);
        return cursors;
    }

    private void Start()
    {
        _isStarted = true;
        for (var index = 0; index < _cursors.Length; index++)
            Advance(index);
    }

    /// <summary>Moves the sweep to the next block that has an extent, and finds the newest one there.</summary>
    private bool TryOpenWinner()
    {
        while (true)
        {
            while (_open.TryPeek(out _winner, out _) && _cursors[_winner].Current.EndBlock <= _block)
            {
                _open.Dequeue();
                AccountTo(_winner, _cursors[_winner].Current.EndBlock);
                Advance(_winner);
            }

            var isWaiting = _waiting.TryPeek(out _, out var firstBlock);
            if (_open.Count == 0 && !isWaiting)
                return false;
            if (_open.Count == 0)
                _block = Math.Max(_block, firstBlock);
            if (!isWaiting || firstBlock > _block)
                return true;
            do
            {
                var index = _waiting.Dequeue();
                _open.Enqueue(index, index);
            }
            while (_waiting.TryPeek(out _, out firstBlock) && firstBlock <= _block);
        }
    }

    /// <summary>Where the winner's piece ends: at its own end, or where a newer extent starts.</summary>
    private long EndOfPiece()
    {
        var endBlock = _cursors[_winner].Current.EndBlock;
        while (_waiting.TryPeek(out var index, out var firstBlock) && firstBlock < endBlock)
        {
            if (index < _winner)
                return firstBlock;
            _waiting.Dequeue();
            _open.Enqueue(index, index);
        }

        return endBlock;
    }

    private void Advance(int index)
    {
        if (!_cursors[index].MoveNext())
            return;
        ExtentsRead++;
        ref readonly var extent = ref _cursors[index].Current;
        _accountedTo[index] = extent.FirstBlock;
        _waiting.Enqueue(index, extent.FirstBlock);
    }

    private void AccountTo(int index, long block)
    {
        if (_dead is not null)
            ExtentJoin.AddDead(_dead, _cursors[index].Current, _accountedTo[index], block);
    }
}
