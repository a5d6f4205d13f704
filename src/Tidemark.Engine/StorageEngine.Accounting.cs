using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;

namespace Tidemark.Engine;

/// <content>Sizes that add up: every block is born in one layer and hidden by known others.</content>
public sealed partial class StorageEngine
{
    /// <summary>
    /// Sizes of a sealed layer. Walks the indexes of the layers below it, and remembers what cannot change until one of
    /// them is folded or merged.
    /// </summary>
    public LayerSizes Sizes(long layerId)
    {
        var layer = PinSealed(layerId);
        var token = _epoch.Enter();
        try
        {
            var referenced = Remembered(layer.ReferencedBlocks, ChainKey(layer), () => CountReferenced(layer),
                figure => layer.ReferencedBlocks = figure);
            var ownKey = new LayerFigureKey(IndexOf);
            ownKey.Add(layer, isRoot: true);
            var changed = Remembered(layer.ChangedBlocks, ownKey.Value, () => CountChanged(layer),
                figure => layer.ChangedBlocks = figure);
            var unique = FreedBlocks(layer.Family, dropped => dropped == layer ? 1 : 0, [], rememberIn: layer);
            return new LayerSizes(true, referenced << Blocks.SizeShift, unique << Blocks.SizeShift,
                (referenced - Math.Min(unique, referenced)) << Blocks.SizeShift, changed << Blocks.SizeShift);
        }
        finally
        {
            _epoch.Exit(token);
            Unpin(layer);
        }
    }

    private static long Remembered(LayerFigure? known, long? key, Func<long> count, Action<LayerFigure> remember)
    {
        if (key is not { } now)
        {
            return count();
        }

        if (known?.Key != now)
        {
            known = new LayerFigure(now, count());
            remember(known);
        }

        return known.BlockCount;
    }

    private long? ChainKey(Layer layer)
    {
        var key = new LayerFigureKey(IndexOf);
        for (var below = layer; below is not null; below = IndexOf(below).Parent)
        {
            key.Add(below, isRoot: false);
        }

        return key.Value;
    }

    private long CountReferenced(Layer layer)
    {
        var blocks = 0L;
        using var visible = new LayerCursor(ChainRuns(layer), 0);
        while (visible.MoveNext())
        {
            blocks += visible.Current.IsZero ? 0 : visible.Current.BlockCount;
        }

        return blocks;
    }

    private long CountChanged(Layer layer)
    {
        var blocks = 0L;
        using var own = new LayerCursor(IndexOf(layer).AllRuns(), 0);
        while (own.MoveNext())
        {
            blocks += own.Current.BlockCount;
        }

        return blocks;
    }

    /// <summary>Bytes that would come back if all these names were dropped together.</summary>
    public long FreedIfDropped(IReadOnlyList<long> layerIds, IReadOnlyList<string> diskIds)
    {
        ArgumentNullException.ThrowIfNull(layerIds);
        ArgumentNullException.ThrowIfNull(diskIds);
        var layers = layerIds.Select(SealedLayer).ToArray();
        var namesDropped = layers.CountBy(layer => layer).ToDictionary();
        var heads = diskIds.Select(id => OpenDisk(id).Log.Head).ToHashSet();
        var token = _epoch.Enter();
        try
        {
            var freed = layers.Concat(heads).Select(layer => layer.Family).Distinct().Sum(family =>
                FreedBlocks(family, layer => namesDropped.GetValueOrDefault(layer), heads));
            return freed << Blocks.SizeShift;
        }
        finally
        {
            _epoch.Exit(token);
        }
    }

    // Data blocks hidden after the names are gone, less those that are hidden already and only wait for background
    // work. Views do not count as names here: what they pin comes back when they close.
    private long FreedBlocks(
        Family family, Func<Layer, int> namesDropped, HashSet<Layer> headsDropped, Layer? rememberIn = null)
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

        if (candidates.Length == 0)
        {
            return 0;
        }

        long Count() => HiddenData(after, candidates) - HiddenData(before, candidates);
        if (rememberIn is null)
        {
            return Count();
        }

        var key = new LayerFigureKey(IndexOf);
        before.AddTo(ref key);
        after.AddTo(ref key);
        return Remembered(rememberIn.UniqueBlocks, key.Value, Count, figure => rememberIn.UniqueBlocks = figure);
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
