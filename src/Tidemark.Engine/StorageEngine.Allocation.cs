using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Map;

namespace Tidemark.Engine;

/// <content>Which blocks have data, as a view sees them now: exact, open layer and unpublished tail included.</content>
public sealed partial class StorageEngine
{
    /// <summary>See <see cref="ReadableDisk.MapAllocation"/>.</summary>
    internal void MapAllocation(
        IViewSource view, long firstBlock, long blockCount, int rangesMax, List<BlockRange> ranges)
    {
        var token = _epoch.Enter();
        try
        {
            var endBlock = firstBlock + blockCount;
            var collected = new RangeCollector(firstBlock, endBlock, rangesMax, ranges);
            var block = CollectKnown(view, firstBlock, endBlock, collected);
            if (block < endBlock && !collected.IsFull)
            {
                CollectVisible(view.Head, block, endBlock, collected);
            }

            collected.Finish();
        }
        finally
        {
            _epoch.Exit(token);
        }
    }

    // Regions that the map knows need no index. The first that it does not know is resolved and entered: a client that
    // asks for one range at a time then asks the layers once for each region, not once for each range.
    private long CollectKnown(IViewSource view, long block, long endBlock, RangeCollector collected)
    {
        var scratch = ReadScratch.Current;
        var mayResolve = true;
        while (block < endBlock && !collected.IsFull)
        {
            var index = (int)(block % RegionMap.RegionBlocks);
            var count = (int)Math.Min(RegionMap.RegionBlocks - index, endBlock - block);
            var addresses = scratch.Addresses.AsSpan(0, count);
            if (!_map.TryGet(view.ViewId, block, addresses, scratch.Crcs.AsSpan(0, count)))
            {
                if (!mayResolve)
                {
                    return block;
                }

                Reader.Resolve(view, block - index, scratch.Fill);
                scratch.Fill.Addresses.Slice(index, count).CopyTo(addresses);
                mayResolve = false;
            }

            foreach (var address in addresses)
            {
                collected.Add(block, block + 1, isData: address != 0);
                block++;
            }
        }

        return block;
    }

    private void CollectVisible(Layer head, long block, long endBlock, RangeCollector collected)
    {
        var windows = new BlockWindows(block, endBlock);
        while (!collected.IsFull && windows.MoveNext())
        {
            var runs = new List<Run>();
            var walk = new ChainWalk(head, windows.FirstBlock, windows.EndBlock - windows.FirstBlock, IndexOf);
            while (walk.MoveNext())
            {
                runs.AddRange(windows.Touching(walk.Current.AllRuns()));
            }

            using var visible = new LayerCursor(runs, windows.FirstBlock);
            while (!collected.IsFull && visible.MoveNext() && visible.Current.FirstBlock < windows.EndBlock)
            {
                ref readonly var extent = ref visible.Current;
                collected.Add(extent.FirstBlock, Math.Min(extent.EndBlock, windows.EndBlock), !extent.IsZero);
            }

            // What no extent covers up to the window's end is a hole.
            collected.Add(windows.EndBlock, windows.EndBlock, isData: false);
        }
    }
}
