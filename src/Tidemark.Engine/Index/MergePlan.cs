using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;

namespace Tidemark.Engine.Index;

/// <summary>
/// Which chunks of the inputs a merge takes over as they are: those whose blocks no other input speaks of, when they
/// are large, or when a rewrite would only make the same chunk again.
/// </summary>
internal sealed class MergePlan
{
    /// <summary>
    /// A chunk with as many extents is adopted; smaller ones are better written together with their neighbours.
    /// </summary>
    public const int LargeChunkExtents = 4096;

    private readonly IReadOnlyList<Run> _newestFirst;
    private readonly bool _dropZeros;
    private readonly HashSet<ChunkRow> _adopted = [];
    private readonly List<(Run Owner, ChunkRow Row)> _small = [];

    /// <summary>Looks at every chunk. Reads at most a page of each other run for each of them.</summary>
    public MergePlan(IReadOnlyList<Run> newestFirst, bool dropZeros)
    {
        _newestFirst = newestFirst;
        _dropZeros = dropZeros;
        foreach (var run in newestFirst)
        {
            foreach (var chunk in ChunksOf(run))
                Consider(run, chunk.Row);
        }

        Adopted = [.. _adopted.OrderBy(row => row.FirstBlock)];
        ConsiderSmall();
    }

    /// <summary>The chunks to adopt, in block order.</summary>
    public IReadOnlyList<ChunkRow> Adopted { get; private set; }

    /// <summary>The input chunks that are not adopted.</summary>
    public IReadOnlyList<ChunkRow> Replaced =>
        [.. _newestFirst.SelectMany(ChunksOf).Select(chunk => chunk.Row).Where(row => !_adopted.Contains(row))];

    /// <summary>The inputs without the adopted chunks, newest first.</summary>
    public IReadOnlyList<Run> Remaining(ChunkFiles files) =>
    [
        .. _newestFirst.Select(run => run is ChunkRun
            ? new ChunkRun(
                run.RunNumber,
                ChunksOf(run).Select(chunk => chunk.Row).Where(row => !_adopted.Contains(row)),
                files)
            : run),
    ];

    private static IReadOnlyList<Chunk> ChunksOf(Run run) => run is ChunkRun chunks ? chunks.Chunks : [];

    private void Consider(Run owner, ChunkRow row)
    {
        if ((_dropZeros && row.ZeroBlockCount > 0) || row.ExtentCount == 0)
            return;
        foreach (var other in _newestFirst)
        {
            if (other != owner && Touches(other, row.FirstBlock, row.LastBlock))
                return;
        }

        if (row.ExtentCount >= LargeChunkExtents)
            _adopted.Add(row);
        else
            _small.Add((owner, row));
    }

    /// <summary>A small chunk is adopted when nothing else lies between the adopted ones on both sides of it.</summary>
    private void ConsiderSmall()
    {
        var large = Adopted;
        foreach (var (owner, row) in _small)
        {
            var next = FirstAfter(large, row.LastBlock);
            var fromBlock = next == 0 ? 0 : large[next - 1].LastBlock + 1;
            var endBlock = next == large.Count ? Blocks.NumberEnd : large[next].FirstBlock;
            if (IsAlone(owner, row, fromBlock, endBlock))
                _adopted.Add(row);
        }

        Adopted = [.. _adopted.OrderBy(row => row.FirstBlock)];
    }

    private bool IsAlone(Run owner, ChunkRow row, long fromBlock, long endBlock)
    {
        foreach (var run in _newestFirst)
        {
            if (run != owner && Touches(run, fromBlock, endBlock - 1))
                return false;
        }

        return ChunksOf(owner).All(chunk =>
            chunk.Row == row || chunk.Row.LastBlock < fromBlock || chunk.Row.FirstBlock >= endBlock);
    }

    private static bool Touches(Run run, long firstBlock, long lastBlock)
    {
        if (!run.MayTouch(firstBlock, lastBlock - firstBlock + 1))
            return false;
        using var cursor = run.OpenCursor(firstBlock);
        return cursor.MoveNext() && cursor.Current.FirstBlock <= lastBlock;
    }

    private static int FirstAfter(IReadOnlyList<ChunkRow> rows, long block)
    {
        int low = 0, high = rows.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows[middle].FirstBlock > block)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
