using Tidemark.Engine;

namespace Tidemark.Disks.Exports;

/// <summary>
/// The changed ranges of a disk since a layer, a page at a time. Clients ask for one extent after the other: a page is
/// kept as long as it is the truth. Not safe for concurrent use.
/// </summary>
internal sealed class ChangedRanges(StorageEngine engine, LayerView since, ReadableDisk disk)
{
    private const int LookAheadRanges = 256;

    private readonly List<BlockRange> _page = [];
    private long _firstBlock;
    private long _endBlock;
    private (long Sequence, long HeadLayerId) _mark;

    /// <summary>
    /// Makes the page hold the changes from a block on, as of now: with every write answered before the call.
    /// </summary>
    /// <param name="firstBlock">The first block asked for.</param>
    /// <param name="endBlock">The block after the last one; what lies behind it need not be in the page.</param>
    /// <param name="rangesMax">How many ranges the caller can use.</param>
    /// <returns>The block up to which the page is complete; above <paramref name="firstBlock"/>.</returns>
    public long Load(long firstBlock, long endBlock, int rangesMax)
    {
        // Taken first: what is applied after this makes the page stale, whether it is in it or not.
        var mark = MarkNow();
        if (mark == _mark && firstBlock >= _firstBlock && firstBlock < _endBlock)
            return _endBlock;
        var countMax = Math.Max(rangesMax, LookAheadRanges);
        _page.Clear();
        _endBlock = _firstBlock = firstBlock;
        engine.MapChanges(since, disk, firstBlock, endBlock - firstBlock, countMax, _page);
        _mark = mark;
        _endBlock = _page.Count < countMax ? endBlock : _page[^1].FirstBlock + _page[^1].BlockCount;
        return _endBlock;
    }

    /// <summary>The ranges of the page that end after a block, in order.</summary>
    public IEnumerable<BlockRange> From(long block)
    {
        int low = 0, high = _page.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_page[middle].FirstBlock + _page[middle].BlockCount > block)
                high = middle;
            else
                low = middle + 1;
        }

        for (; low < _page.Count; low++)
            yield return _page[low];
    }

    // A view never changes. A disk changes by records, which are applied before they are answered, and by a rollback,
    // which gives it another head.
    private (long Sequence, long HeadLayerId) MarkNow() =>
        disk is EngineDisk live ? (live.AppliedSequence, live.HeadLayerId) : default;
}
