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
        var from = PinSealed(fromLayerId);
        try
        {
            var to = PinSealed(toLayerId);
            try
            {
                if (from.Family != to.Family)
                {
                    throw new EngineException(EngineFault.Conflict,
                        $"Layers {fromLayerId} and {toLayerId} are of different families: there is no path between " +
                        "them. Compare the content instead.");
                }

                // A short answer costs little; a long one does not start over too often.
                for (var countMax = ChangesAtOnce; ; countMax = Math.Min(2 * countMax, ChangesAtOnceMax))
                {
                    var batch = ChangesFrom(from, to, startBlock, countMax);
                    foreach (var range in batch)
                    {
                        yield return range;
                    }

                    if (batch.Count < countMax)
                    {
                        yield break;
                    }

                    startBlock = batch[^1].FirstBlock + batch[^1].BlockCount;
                }
            }
            finally
            {
                Unpin(to);
            }
        }
        finally
        {
            Unpin(from);
        }
    }

    private List<BlockRange> ChangesFrom(Layer from, Layer to, long startBlock, int countMax)
    {
        var token = _epoch.Enter();
        try
        {
            var (down, up, common) = PathBetween(from, to);
            var upRuns = up.SelectMany(layer => IndexOf(layer).AllRuns()).ToArray();
            var downRuns = down.SelectMany(layer => IndexOf(layer).AllRuns()).ToArray();
            using var below = down.Count == 0 ? null : new LayerCursor(ChainRuns(common), startBlock);
            ExtentCursor[] cursors = below is null
                ? [OpenCursor(upRuns, startBlock)]
                : [OpenCursor(upRuns, startBlock), OpenCursor(downRuns, startBlock), below];
            using var sweep = new ExtentSweep(cursors);
            return Collect(sweep, hasBelow: below is not null, countMax);
        }
        finally
        {
            _epoch.Exit(token);
        }
    }

    // A sealed layer is one run, mostly, and neighbours among snapshots one layer: then there is nothing to merge.
    private static ExtentCursor OpenCursor(Run[] newestFirst, long startBlock) =>
        newestFirst.Length == 1 ? newestFirst[0].OpenCursor(startBlock) : new LayerCursor(newestFirst, startBlock);

    // Cursor 0: layers above the common one on the way to the second; 1: on the way from the first; 2: what lies below.
    private static List<BlockRange> Collect(ExtentSweep sweep, bool hasBelow, int countMax)
    {
        var ranges = new List<BlockRange>();
        while (sweep.MoveNext())
        {
            if (!sweep.Has(0) && !(hasBelow && sweep.Has(1)))
            {
                continue;
            }

            var isData = sweep.Has(0) ? !sweep.At(0).IsZero : sweep.Has(2) && !sweep.At(2).IsZero;
            var last = ranges.Count - 1;
            if (last >= 0 && ranges[last].IsData == isData
                && ranges[last].FirstBlock + ranges[last].BlockCount == sweep.FirstBlock)
            {
                ranges[last] = ranges[last] with { BlockCount = ranges[last].BlockCount + sweep.BlockCount };
                continue;
            }

            if (ranges.Count == countMax)
            {
                break;
            }

            ranges.Add(new BlockRange(sweep.FirstBlock, sweep.BlockCount, isData));
        }

        return ranges;
    }

    // The layers from each end down to, and without, the nearest one below both; newest first.
    private static (List<Layer> Down, List<Layer> Up, Layer? Common) PathBetween(Layer from, Layer to)
    {
        lock (from.Family.Gate)
        {
            var below = new HashSet<Layer>();
            for (var layer = from; layer is not null; layer = layer.Parent)
            {
                below.Add(layer);
            }

            var up = new List<Layer>();
            var common = to;
            while (common is not null && !below.Contains(common))
            {
                up.Add(common);
                common = common.Parent;
            }

            var down = new List<Layer>();
            for (var layer = from; layer is not null && layer != common; layer = layer.Parent)
            {
                down.Add(layer);
            }

            return (down, up, common);
        }
    }
}
