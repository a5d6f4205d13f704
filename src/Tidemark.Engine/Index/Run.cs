namespace Tidemark.Engine.Index;

/// <summary>
/// A sorted part of a layer's index, without overlaps in itself. Of two runs of a layer the one with the higher number
/// is newer and hides the other. Immutable, safe for concurrent use.
/// </summary>
/// <param name="runNumber">The run's number within its layer.</param>
internal abstract class Run(long runNumber)
{
    /// <summary>The run's number within its layer; higher is newer.</summary>
    public long RunNumber { get; } = runNumber;

    /// <summary>True when the run has no extent.</summary>
    public bool IsEmpty => ExtentCount == 0;

    /// <summary>The first block that the run speaks of; 0 when it is empty.</summary>
    public abstract long FirstBlock { get; }

    /// <summary>The last one, inclusive; -1 when the run is empty.</summary>
    public abstract long LastBlock { get; }

    /// <summary>How many extents it has.</summary>
    public abstract long ExtentCount { get; }

    /// <summary>Blocks with data.</summary>
    public abstract long DataBlockCount { get; }

    /// <summary>Blocks that are zero.</summary>
    public abstract long ZeroBlockCount { get; }

    /// <summary>
    /// The extents that end after <paramref name="fromBlock"/>, in block order, the first clipped to it.
    /// </summary>
    public abstract ExtentCursor OpenCursor(long fromBlock);

    /// <summary>
    /// Appends every extent in the range, clipped to it, in block order. Reads only the pages that it needs.
    /// </summary>
    public abstract void Collect(long firstBlock, int blockCount, ExtentBuffer into);

    /// <summary>False when the run has no extent in the range. Reads nothing; true may be wrong.</summary>
    public abstract bool MayTouch(long firstBlock, long blockCount);

    /// <summary>Appends the regions in which the run has an extent, ascending, neighbours joined.</summary>
    public abstract void CollectRegions(List<RegionRange> into);
}
