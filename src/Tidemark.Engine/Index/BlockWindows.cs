namespace Tidemark.Engine.Index;

/// <summary>
/// Cuts a range of blocks into windows, the first one short and each eight times as long as the one before. Whoever
/// opens only the runs that a window touches pays for a short answer with few runs, and opens each run a few times for
/// a long one.
/// </summary>
internal struct BlockWindows(long firstBlock, long endBlock)
{
    private const long FirstWindowBlocks = 512;
    private const int Growth = 8;

    private readonly long _endBlock = endBlock;
    private long _lengthBlocks = FirstWindowBlocks / Growth;

    /// <summary>The window's first block.</summary>
    public long FirstBlock { get; private set; } = firstBlock;

    /// <summary>The block after its last one.</summary>
    public long EndBlock { get; private set; } = firstBlock;

    /// <summary>Goes to the next window, at first to the first one; false at the end of the range.</summary>
    public bool MoveNext()
    {
        FirstBlock = EndBlock;
        var restBlocks = _endBlock - FirstBlock;
        if (restBlocks <= 0)
            return false;
        // Never more than the rest times the growth, so that it cannot overflow.
        if (_lengthBlocks < restBlocks)
            _lengthBlocks *= Growth;
        EndBlock = FirstBlock + Math.Min(_lengthBlocks, restBlocks);
        return true;
    }

    /// <summary>Those of the runs that may have an extent in the window, in their order.</summary>
    public readonly List<Run> Touching(IReadOnlyList<Run> runs)
    {
        var touching = new List<Run>();
        foreach (var run in runs)
        {
            if (!run.IsEmpty && run.MayTouch(FirstBlock, EndBlock - FirstBlock))
                touching.Add(run);
        }

        return touching;
    }
}
