using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;

namespace Tidemark.Engine;

/// <content>Changed blocks: the union of the indexes on the path between two layers.</content>
public sealed partial class StorageEngine
{
    private const int ChangesAtOnce = 4096;
    private const int ChangesAtOnceMax = 64 * 1024;

    /// <summary>
    /// The blocks written or trimmed on the path between two sealed layers of one family, sorted, neighbours merged,
    /// starting at <paramref name="startBlock"/>; <see cref="BlockRange.IsData"/> tells what the second layer holds
    /// there. Lazy: stop enumerating to stop the work. Pins both layers meanwhile.
    /// </summary>
    public IEnumerable<BlockRange> Changed(long fromLayerId, long toLayerId, long startBlock = 0)
    {
        using var to = OpenView(toLayerId);
        foreach (var range in Changed(fromLayerId, to, startBlock))
        {
            yield return range;
        }
    }

    /// <summary>
    /// The same between a sealed layer and what a disk of its family holds now, or a view. Every write answered before
    /// a step of the enumeration is in what that step still finds; a rollback on the way changes what follows.
    /// </summary>
    public IEnumerable<BlockRange> Changed(long fromLayerId, ReadableDisk disk, long startBlock = 0)
    {
        ArgumentNullException.ThrowIfNull(disk);
        using var from = OpenView(fromLayerId);
        var batch = new List<BlockRange>();

        // A short answer costs little; a long one does not start over too often.
        for (var countMax = ChangesAtOnce; ; countMax = Math.Min(2 * countMax, ChangesAtOnceMax))
        {
            batch.Clear();
            MapChanges(from, disk, startBlock, long.MaxValue - startBlock, countMax, batch);
            foreach (var range in batch)
            {
                startBlock = range.FirstBlock + range.BlockCount;
                yield return range;
            }

            if (batch.Count < countMax)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// Appends to <paramref name="ranges"/> the changed blocks within a range, sorted, neighbours merged, at most
    /// <paramref name="rangesMax"/>. Exact to the block: it has every write to <paramref name="disk"/> that was
    /// answered before the call. On disks of one family only, whichever branch they are on. What lies beyond the end of
    /// <paramref name="disk"/> is left out.
    /// </summary>
    /// <exception cref="EngineException">They are of different families.</exception>
    public void MapChanges(
        LayerView since, ReadableDisk disk, long firstBlock, long blockCount, int rangesMax, List<BlockRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(since);
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(ranges);
        var token = _epoch.Enter();
        try
        {
            var from = ((IViewSource)since).Head;
            var to = ((IViewSource)disk).Head;
            if (from.Family != to.Family)
            {
                throw new EngineException(EngineFault.Conflict,
                    $"Layers {from.Id} and {to.Id} are of different families: there is no path between them. " +
                    "Compare the content instead.");
            }

            var path = PathBetween(from, to);
            var sizeBlocks = Blocks.AlignUp(disk.SizeBytes) >> Blocks.SizeShift;
            var endBlock = Math.Min(firstBlock + blockCount, Math.Min(path.EndBlock, sizeBlocks));
            var countMax = ranges.Count + rangesMax;
            var windows = new BlockWindows(firstBlock, endBlock);
            while (MayGrow(ranges, countMax, windows.EndBlock) && windows.MoveNext())
            {
                using var sweep = path.Sweep(windows);
                Collect(sweep, windows.EndBlock, countMax, ranges);
            }
        }
        finally
        {
            _epoch.Exit(token);
        }
    }

    // A full list may still grow at its end.
    private static bool MayGrow(List<BlockRange> ranges, int countMax, long block) =>
        ranges.Count < countMax || ranges[^1].FirstBlock + ranges[^1].BlockCount == block;

    private static void Collect(ExtentSweep sweep, long endBlock, int countMax, List<BlockRange> ranges)
    {
        while (sweep.MoveNext() && sweep.FirstBlock < endBlock)
        {
            if (!sweep.Has(ChangePath.Up) && !sweep.Has(ChangePath.Down))
            {
                continue;
            }

            var isData = sweep.Has(ChangePath.Up)
                ? !sweep.At(ChangePath.Up).IsZero
                : sweep.Has(ChangePath.Below) && !sweep.At(ChangePath.Below).IsZero;
            var blockCount = Math.Min(sweep.BlockCount, endBlock - sweep.FirstBlock);
            var last = ranges.Count - 1;
            if (last >= 0 && ranges[last].IsData == isData
                && ranges[last].FirstBlock + ranges[last].BlockCount == sweep.FirstBlock)
            {
                ranges[last] = ranges[last] with { BlockCount = ranges[last].BlockCount + blockCount };
                continue;
            }

            if (ranges.Count == countMax)
            {
                return;
            }

            ranges.Add(new BlockRange(sweep.FirstBlock, blockCount, isData));
        }
    }

    // The chains are followed as readers follow them, through the indexes and without a lock: a cut in progress holds
    // the family's gate until its commit is durable. The first layer is pinned, so a fold can only have moved what is
    // on the path up along it.
    private ChangePath PathBetween(Layer from, Layer to)
    {
        var up = new List<Run>();
        if (CollectDownTo(layer => layer == from, to, up) == from)
        {
            // A snapshot of the disk's own past, as most are.
            return new ChangePath(up, [], []);
        }

        var below = new HashSet<Layer>();
        for (Layer? layer = from; layer is not null; layer = IndexOf(layer).Parent)
        {
            below.Add(layer);
        }

        up.Clear();
        var common = CollectDownTo(below.Contains, to, up);
        var down = new List<Run>();
        CollectDownTo(layer => layer == common, from, down);
        return new ChangePath(up, down, ChainRuns(common));
    }

    // The runs of a layer and of those below it, newest first, without the one at which it stops; null is the ground.
    private Layer? CollectDownTo(Func<Layer, bool> stops, Layer top, List<Run> runs)
    {
        Layer? layer = top;
        while (layer is not null && !stops(layer))
        {
            var index = IndexOf(layer);
            runs.AddRange(index.AllRuns());
            layer = index.Parent;
        }

        return layer;
    }
}
