namespace Tidemark.Engine.Index;

/// <summary>A run in memory: the part of an open layer's index that is in no file yet.</summary>
internal sealed class MemoryRun : Run
{
    private readonly ExtentBuffer _extents;

    /// <summary>Takes over a buffer that is flat and does not change any more.</summary>
    public MemoryRun(long runNumber, ExtentBuffer flat)
        : base(runNumber)
    {
        _extents = flat;
    }

    /// <inheritdoc/>
    public override long FirstBlock => _extents.Count == 0 ? 0 : _extents[0].FirstBlock;

    /// <inheritdoc/>
    public override long LastBlock => _extents.Count == 0 ? -1 : _extents[_extents.Count - 1].EndBlock - 1;

    /// <inheritdoc/>
    public override long ExtentCount => _extents.Count;

    /// <inheritdoc/>
    public override long DataBlockCount => _extents.DataBlockCount;

    /// <inheritdoc/>
    public override long ZeroBlockCount => _extents.ZeroBlockCount;

    /// <inheritdoc/>
    public override ExtentCursor OpenCursor(long fromBlock) => new BufferCursor(_extents, fromBlock);

    /// <inheritdoc/>
    public override void Collect(long firstBlock, int blockCount, ExtentBuffer into)
    {
        var endBlock = firstBlock + blockCount;
        for (var index = _extents.FindFirstEndingAfter(firstBlock); index < _extents.Count; index++)
        {
            ref readonly var extent = ref _extents[index];
            if (extent.FirstBlock >= endBlock)
                return;
            into.AddClipped(extent, _extents.Crcs(index), firstBlock, endBlock);
        }
    }

    /// <inheritdoc/>
    public override bool MayTouch(long firstBlock, long blockCount)
    {
        var index = _extents.FindFirstEndingAfter(firstBlock);
        return index < _extents.Count && _extents[index].FirstBlock < firstBlock + blockCount;
    }

    /// <inheritdoc/>
    public override void CollectRegions(List<RegionRange> into)
    {
        foreach (ref readonly var extent in _extents.Extents)
            RegionRange.Append(into, RegionRange.Of(extent.FirstBlock, extent.BlockCount));
    }
}
