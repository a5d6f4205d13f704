namespace Tidemark.Engine.Index;

/// <summary>
/// Walks several cursors side by side, in intervals within which none of them changes. Intervals in which no cursor has
/// an extent are left out. log k for each end of an extent of k cursors.
/// </summary>
internal sealed class ExtentSweep : IDisposable
{
    private readonly ExtentCursor[] _cursors;
    private readonly Extent[] _clipped;
    private readonly bool[] _covers;

    // Each cursor that is not over, by the next block at which it changes: the end of its extent when that covers the
    // place of the sweep, else the start of it.
    private readonly PriorityQueue<int, long> _changes;
    private int _coveringCount;
    private bool _isStarted;

    /// <summary>Takes over the cursors, which it disposes.</summary>
    public ExtentSweep(IReadOnlyList<ExtentCursor> cursors)
    {
        _cursors = [.. cursors];
        _clipped = new Extent[_cursors.Length];
        _covers = new bool[_cursors.Length];
        _changes = new PriorityQueue<int, long>(_cursors.Length);
    }

    /// <summary>The interval's first block.</summary>
    public long FirstBlock { get; private set; }

    /// <summary>How many blocks it has; at least 1.</summary>
    public long BlockCount { get; private set; }

    /// <summary>How many cursors have an extent in the interval; at least 1.</summary>
    public int CoveringCount => _coveringCount;

    /// <summary>True when the cursor has an extent in the interval, which then covers all of it.</summary>
    public bool Has(int index) => _covers[index];

    /// <summary>The cursor's extent, clipped to the interval; only where <see cref="Has"/> is true.</summary>
    public ref readonly Extent At(int index)
    {
        if (!_covers[index])
            throw new InvalidOperationException($"Cursor {index} has no extent at block {FirstBlock}.");
        _clipped[index] = _cursors[index].Current.Slice(FirstBlock, (int)BlockCount);
        return ref _clipped[index];
    }

    /// <summary>The checksums of <see cref="At"/>'s blocks; empty for zero.</summary>
    public ReadOnlySpan<uint> CrcsAt(int index)
    {
        var cursor = _cursors[index];
        return cursor.Current.IsZero
            ? []
            : cursor.CurrentCrcs.Slice((int)(FirstBlock - cursor.Current.FirstBlock), (int)BlockCount);
    }

    /// <summary>Goes to the next interval, at first to the first one; false when all cursors are over.</summary>
    public bool MoveNext()
    {
        if (!_isStarted)
            Start();
        var block = FirstBlock + BlockCount;
        do
        {
            if (!_changes.TryPeek(out _, out var change))
                return false;
            if (_coveringCount == 0)
                block = change;
            while (_changes.TryPeek(out var index, out change) && change <= block)
                Change(index, block);
        }
        while (_coveringCount == 0);

        _changes.TryPeek(out _, out var endBlock);
        FirstBlock = block;
        BlockCount = endBlock - block;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var cursor in _cursors)
            cursor.Dispose();
    }

    private void Start()
    {
        _isStarted = true;
        for (var index = 0; index < _cursors.Length; index++)
        {
            if (_cursors[index].MoveNext())
                _changes.Enqueue(index, _cursors[index].Current.FirstBlock);
        }
    }

    /// <summary>The cursor on top of the heap starts to cover the place, or goes to its next extent.</summary>
    private void Change(int index, long block)
    {
        var cursor = _cursors[index];
        if (!_covers[index])
        {
            Cover(index, true);
            _changes.DequeueEnqueue(index, cursor.Current.EndBlock);
            return;
        }

        if (!cursor.MoveNext())
        {
            Cover(index, false);
            _changes.Dequeue();
            return;
        }

        var goesOn = cursor.Current.FirstBlock == block;
        Cover(index, goesOn);
        _changes.DequeueEnqueue(index, goesOn ? cursor.Current.EndBlock : cursor.Current.FirstBlock);
    }

    private void Cover(int index, bool covers)
    {
        _coveringCount += (covers ? 1 : 0) - (_covers[index] ? 1 : 0);
        _covers[index] = covers;
    }
}
