using Tidemark.Engine.Catalog;

namespace Tidemark.Engine.Index;

/// <summary>A run on disk: chunks by address, which do not overlap.</summary>
internal sealed class ChunkRun : Run
{
    private readonly Chunk[] _chunks;

    /// <summary>Binds the chunks of one run. Reads nothing.</summary>
    /// <exception cref="ArgumentException">Two chunks overlap.</exception>
    public ChunkRun(long runNumber, IEnumerable<ChunkRow> rows, ChunkFiles files)
        : base(runNumber)
    {
        _chunks = [.. rows.OrderBy(row => row.FirstBlock).Select(files.Open)];
        for (var index = 0; index < _chunks.Length; index++)
        {
            var row = _chunks[index].Row;
            if (index > 0 && row.FirstBlock <= _chunks[index - 1].Row.LastBlock)
                throw new ArgumentException($"{row} overlaps {_chunks[index - 1].Row}.");
            ExtentCount += row.ExtentCount;
            DataBlockCount += row.DataBlockCount;
            ZeroBlockCount += row.ZeroBlockCount;
        }
    }

    /// <summary>The chunks in block order.</summary>
    public IReadOnlyList<Chunk> Chunks => _chunks;

    /// <inheritdoc/>
    public override long FirstBlock => IsEmpty ? 0 : _chunks[0].Row.FirstBlock;

    /// <inheritdoc/>
    public override long LastBlock => IsEmpty ? -1 : _chunks[^1].Row.LastBlock;

    /// <inheritdoc/>
    public override long ExtentCount { get; }

    /// <inheritdoc/>
    public override long DataBlockCount { get; }

    /// <inheritdoc/>
    public override long ZeroBlockCount { get; }

    /// <inheritdoc/>
    public override ExtentCursor OpenCursor(long fromBlock) =>
        new ChunkRunCursor(_chunks, FindChunk(fromBlock), fromBlock);

    /// <inheritdoc/>
    public override void Collect(long firstBlock, int blockCount, ExtentBuffer into)
    {
        var endBlock = firstBlock + blockCount;
        for (var index = FindChunk(firstBlock); index < _chunks.Length; index++)
        {
            if (_chunks[index].Row.FirstBlock >= endBlock)
                return;
            if (_chunks[index].MayTouch(firstBlock, blockCount))
                _chunks[index].Collect(firstBlock, endBlock, into);
        }
    }

    /// <inheritdoc/>
    public override bool MayTouch(long firstBlock, long blockCount)
    {
        for (var index = FindChunk(firstBlock); index < _chunks.Length; index++)
        {
            if (_chunks[index].Row.FirstBlock >= firstBlock + blockCount)
                return false;
            if (_chunks[index].MayTouch(firstBlock, blockCount))
                return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void CollectRegions(List<RegionRange> into)
    {
        foreach (var chunk in _chunks)
            chunk.CollectRegions(into);
    }

    /// <summary>
    /// The index files among <paramref name="made"/> that none of the inputs already had: those to remove when the run
    /// that they were made for is not published.
    /// </summary>
    /// <param name="inputs">What the new run was made of; all on disk.</param>
    /// <param name="made">The chunks of the new run.</param>
    public static IReadOnlyList<long> NewFiles(IReadOnlyList<Run> inputs, IReadOnlyList<ChunkRow> made)
    {
        var kept = inputs.SelectMany(run => ((ChunkRun)run).Chunks).Select(chunk => chunk.Row.ObjectId).ToHashSet();
        return [.. made.Where(row => !row.IsFooter && !kept.Contains(row.ObjectId)).Select(row => row.ObjectId)];
    }

    /// <summary>The index of the first chunk that ends at or after a block.</summary>
    private int FindChunk(long block)
    {
        int low = 0, high = _chunks.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_chunks[middle].Row.LastBlock >= block)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
