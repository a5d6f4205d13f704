using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Makes groups of sealed layers, and of groups, for families that are deep: 16 layers each, and 16 groups. All groups
/// together keep within a budget; the oldest go first. Used by one thread at a time, under the engine's step gate.
/// </summary>
/// <param name="budgetBytes">The memory for all groups.</param>
/// <param name="members">How many layers are a group, and how many groups a larger one; at least 2.</param>
internal sealed class LayerGroups(long budgetBytes, int members)
{
    /// <summary>How many layers are a group, and how many groups a larger one.</summary>
    public const int MembersDefault = 16;

    private const int FixedFootprintBytes = 200;

    private readonly Queue<LayerGroup> _byAge = new();

    /// <summary>The memory that groups in use take, roughly.</summary>
    public long UsedBytes => _byAge.Sum(group => group.Regions is null ? 0 : group.FootprintBytes);

    /// <summary>
    /// Makes groups of layers and groups that are in none, lowest first, so that what is left over is at the top, where
    /// layers are still to come. Reads the directories of the layers.
    /// </summary>
    /// <param name="layers">All layers of a family.</param>
    /// <param name="indexOf">Loads a layer's index.</param>
    /// <param name="groupsMax">How many groups to make at most.</param>
    /// <returns>How many were made.</returns>
    public int Build(IReadOnlyList<Layer> layers, Func<Layer, LayerIndex> indexOf, int groupsMax)
    {
        VoidSplinters(layers);
        var made = GroupLayers(layers, indexOf, groupsMax);
        return made + GroupGroups(layers, groupsMax - made);
    }

    private static LayerGroup? ValidGroupOf(Layer? layer) =>
        layer?.Group is { Group: { Regions: not null } group } ? group : null;

    // Each change in the middle of a group leaves two smaller ones: when those are too many, all are made anew.
    private void VoidSplinters(IReadOnlyList<Layer> layers)
    {
        var groups = layers.Select(ValidGroupOf).OfType<LayerGroup>().ToHashSet();
        if (groups.Count > 2 + (3 * layers.Count / members))
        {
            foreach (var group in groups)
            {
                group.Void();
            }
        }
    }

    private int GroupLayers(IReadOnlyList<Layer> layers, Func<Layer, LayerIndex> indexOf, int groupsMax)
    {
        var indexes = new Dictionary<Layer, LayerIndex>();
        var taken = new List<Layer>();
        foreach (var layer in layers.Where(layer => layer.IsSealed && !layer.IsGone))
        {
            var index = indexOf(layer);
            if (ValidGroupOf(layer) is not null)
            {
                taken.Add(layer);
            }
            else if (index.Tail.Length == 0)
            {
                indexes.Add(layer, index);
            }
        }

        var made = 0;
        foreach (var path in Paths(indexes.Keys, taken, layer => indexOf(layer).Parent))
        {
            made += made < groupsMax && TryGroup([.. path.Select(layer => (layer, indexes[layer]))]) ? 1 : 0;
        }

        return made;
    }

    private int GroupGroups(IReadOnlyList<Layer> layers, int groupsMax)
    {
        var groups = layers.Select(ValidGroupOf).OfType<LayerGroup>().Distinct().ToLookup(group => group.Outer is null);
        var made = 0;
        foreach (var path in Paths([.. groups[true]], groups[false], group => ValidGroupOf(group.Below)))
        {
            made += made < groupsMax && TryGroup(path) ? 1 : 0;
        }

        return made;
    }

    // Ways down through what is loose, cut from the bottom into as many members as a group has. What is left over at
    // the top makes a group only when there is something above it already.
    private IEnumerable<List<T>> Paths<T>(IReadOnlyCollection<T> loose, IEnumerable<T> taken, Func<T, T?> below)
        where T : class
    {
        var left = loose.ToHashSet();
        var underLoose = loose.Select(below).OfType<T>().ToHashSet();
        var underTaken = taken.Select(below).OfType<T>().ToHashSet();
        foreach (var top in loose.Where(item => !underLoose.Contains(item)))
        {
            var path = new List<T>();
            for (var item = top; item is not null && left.Remove(item); item = below(item))
            {
                path.Add(item);
            }

            for (var end = path.Count; end > 0; end -= members)
            {
                var count = Math.Min(end, members);
                if (count == members || (count > 1 && underTaken.Contains(top)))
                {
                    yield return path.GetRange(end - count, count);
                }
            }
        }
    }

    private bool TryGroup(List<(Layer Layer, LayerIndex Index)> path)
    {
        RegionSet[] touched;
        try
        {
            touched = [.. path.Select(member => RegionSet.Of(member.Index.Runs))];
        }
        catch (Exception e) when (e is StoreException or CorruptionException)
        {
            // A reader of these layers is told; here they just stay without a group.
            return false;
        }

        var group = Admit(path[0].Layer.Family, touched, path[^1].Index.Parent, touched);
        for (var i = 0; i < path.Count && group is not null; i++)
        {
            if (!path[i].Layer.TryJoin(new GroupMember(group, i, path[i].Index)))
            {
                group.Void();
                return false;
            }
        }

        return group is not null;
    }

    private bool TryGroup(List<LayerGroup> path)
    {
        RegionSet[] touched = [.. path.Select(inner => inner.Regions).OfType<RegionSet>()];
        var group = touched.Length < path.Count ? null : Admit(path[0].Family, touched, path[^1].Below, []);
        if (group is not null && !path.TrueForAll(inner => inner.TryJoin(group)))
        {
            group.Void();
            return false;
        }

        return group is not null;
    }

    // Makes room by voiding the oldest; null when there cannot be enough.
    private LayerGroup? Admit(Family family, RegionSet[] touched, Layer? below, RegionSet[] kept)
    {
        var regions = RegionSet.Union(touched);
        var footprint = FixedFootprintBytes + regions.FootprintBytes + kept.Sum(set => set.FootprintBytes);
        if (footprint > budgetBytes)
        {
            return null;
        }

        for (var used = UsedBytes; _byAge.TryPeek(out var oldest)
            && (used + footprint > budgetBytes || oldest.Regions is null); _byAge.Dequeue())
        {
            used -= oldest.Regions is null ? 0 : oldest.FootprintBytes;
            oldest.Void();
            oldest.Family.CanGroup = true;
        }

        var group = new LayerGroup(family, regions, kept, below, footprint);
        _byAge.Enqueue(group);
        return group;
    }
}
