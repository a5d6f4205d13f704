using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;

namespace Tidemark.Engine;

/// <content>Sizes that add up: every block is born in one layer and hidden by known others.</content>
public sealed partial class StorageEngine
{
    /// <summary>Sizes of a sealed layer. Walks the indexes of the layers below it.</summary>
    public LayerSizes Sizes(long layerId)
    {
        var layer = PinSealed(layerId);
        var token = _epoch.Enter();
        try
        {
            var referenced = 0L;
            using (var visible = new LayerCursor(ChainRuns(layer), 0))
            {
                while (visible.MoveNext())
                {
                    referenced += visible.Current.IsZero ? 0 : visible.Current.BlockCount;
                }
            }

            var changed = 0L;
            var index = IndexOf(layer);
            using (var own = new LayerCursor(index.AllRuns(), 0))
            {
                while (own.MoveNext())
                {
                    changed += own.Current.BlockCount;
                }
            }

            var unique = FreedBlocks(layer.Family, dropped => dropped == layer ? 1 : 0, []);
            return new LayerSizes(true, referenced << Blocks.SizeShift, unique << Blocks.SizeShift,
                (referenced - Math.Min(unique, referenced)) << Blocks.SizeShift, changed << Blocks.SizeShift);
        }
        finally
        {
            _epoch.Exit(token);
            Unpin(layer);
        }
    }

    /// <summary>Bytes that would come back if all these names were dropped together.</summary>
    public long FreedIfDropped(IReadOnlyList<long> layerIds, IReadOnlyList<string> diskIds)
    {
        ArgumentNullException.ThrowIfNull(layerIds);
        ArgumentNullException.ThrowIfNull(diskIds);
        var layers = layerIds.Select(SealedLayer).ToArray();
        var heads = diskIds.Select(id => OpenDisk(id).Log.Head).ToHashSet();
        var token = _epoch.Enter();
        try
        {
            var freed = layers.Concat(heads).Select(layer => layer.Family).Distinct().Sum(family =>
                FreedBlocks(family, layer => layers.Count(other => other == layer), heads));
            return freed << Blocks.SizeShift;
        }
        finally
        {
            _epoch.Exit(token);
        }
    }

    // Data blocks hidden after the names are gone, less those that are hidden already and only wait for background
    // work. Views do not count as names here: what they pin comes back when they close.
    private long FreedBlocks(Family family, Func<Layer, int> namesDropped, HashSet<Layer> headsDropped)
    {
        HiddenBlocks before, after;
        Layer[] candidates;
        lock (family.Gate)
        {
            bool IsNamed(Layer layer) => layer.NameCount > 0 || layer.IsHead;
            bool StaysNamed(Layer layer) =>
                layer.NameCount > namesDropped(layer) || (layer.IsHead && !headsDropped.Contains(layer));
            candidates = [.. family.Layers.Where(layer => !StaysNamed(layer))];
            before = new HiddenBlocks(candidates, IsNamed);
            after = new HiddenBlocks(candidates, StaysNamed);
        }

        return candidates.Length == 0 ? 0 : HiddenData(after, candidates) - HiddenData(before, candidates);
    }

    private long HiddenData(HiddenBlocks hidden, Layer[] candidates)
    {
        var blocks = 0L;
        using var sweep = hidden.OpenSweep(IndexOf, publishedOnly: false);
        while (sweep.MoveNext())
        {
            foreach (var layer in candidates)
            {
                if (sweep.Has(layer) && !sweep.At(layer).IsZero && sweep.IsHidden(layer))
                {
                    blocks += sweep.BlockCount;
                }
            }
        }

        return blocks;
    }

    // Every run of a layer and of those below it, newest first: together, what reading it sees.
    private List<Run> ChainRuns(Layer? layer)
    {
        var runs = new List<Run>();
        while (layer is not null)
        {
            var index = IndexOf(layer);
            runs.AddRange(index.AllRuns());
            layer = index.Parent;
        }

        return runs;
    }
}
