using Tidemark.Engine.Index;

namespace Tidemark.Engine.Layers;

/// <summary>
/// The indexes of a layer and of those below it that may have an extent in a range of blocks, newest first. Passes by
/// groups of layers that did not touch the range. The caller is in a read epoch.
/// </summary>
internal struct ChainWalk
{
    private readonly RegionRange _regions;
    private readonly Func<Layer, LayerIndex> _indexOf;
    private Layer? _next;
    private int _looseCount;

    /// <summary>Starts at a layer; null for an empty walk.</summary>
    public ChainWalk(Layer? from, long firstBlock, long blockCount, Func<Layer, LayerIndex> indexOf)
    {
        _regions = RegionRange.Of(firstBlock, blockCount);
        _indexOf = indexOf;
        _next = from;
        Current = LayerIndex.Empty(null);
    }

    /// <summary>The index that the walk is at.</summary>
    public LayerIndex Current { get; private set; }

    /// <summary>Goes to the next index that may have an extent in the range.</summary>
    public bool MoveNext()
    {
        while (_next is { } layer)
        {
            var member = layer.Group;
            if (member is not null && member.Group.TryPass(_regions, out var below))
            {
                _next = below;
                continue;
            }

            var index = _indexOf(layer);
            _next = index.Parent;
            if (member?.Group.Regions is null && ++_looseCount == layer.Family.LooseLayersMax)
            {
                layer.Family.WishGroups();
            }

            if (member is null || member.MayTouch(index, _regions))
            {
                Current = index;
                return true;
            }
        }

        return false;
    }
}
