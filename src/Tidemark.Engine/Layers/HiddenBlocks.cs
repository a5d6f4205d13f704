using Tidemark.Engine.Index;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Which blocks of some layers nobody can see: a block of a layer that is no root is hidden when every child has an
/// entry for it, or is itself no root and hides nothing but what its own children hide. A layer without children hides
/// everything it holds.
/// </summary>
/// <remarks>Made under the family's gate; keeps the structure as it was then.</remarks>
internal sealed class HiddenBlocks
{
    private readonly List<Layer> _layers = [];
    private readonly Dictionary<Layer, int> _position = [];
    private readonly List<int[]?> _children = [];

    /// <summary>Takes in the layers asked about and everything above them that matters.</summary>
    /// <param name="candidates">The layers asked about; those that are roots answer that nothing is hidden.</param>
    /// <param name="isRoot">Tells whether a layer counts as seen by a name.</param>
    public HiddenBlocks(IEnumerable<Layer> candidates, Func<Layer, bool> isRoot)
    {
        foreach (var layer in candidates)
        {
            Enter(layer, isRoot);
        }
    }

    /// <summary>Starts a walk over the blocks of all layers taken in.</summary>
    /// <param name="indexOf">Loads a layer's index.</param>
    /// <param name="publishedOnly">True to count only entries that are durable.</param>
    /// <param name="fromBlock">Where to start.</param>
    public HiddenSweep OpenSweep(Func<Layer, LayerIndex> indexOf, bool publishedOnly, long fromBlock = 0)
    {
        var cursors = new ExtentCursor[_layers.Count];
        for (var i = 0; i < cursors.Length; i++)
        {
            var index = indexOf(_layers[i]);
            cursors[i] = new LayerCursor(publishedOnly ? index.Runs : index.AllRuns(), fromBlock);
        }

        return new HiddenSweep(new ExtentSweep(cursors), _position, _children);
    }

    /// <summary>Adds the layers taken in to the key of what is counted over them.</summary>
    public void AddTo(ref LayerFigureKey key)
    {
        for (var i = 0; i < _layers.Count; i++)
        {
            key.Add(_layers[i], isRoot: _children[i] is null);
        }
    }

    private int Enter(Layer layer, Func<Layer, bool> isRoot)
    {
        if (_position.TryGetValue(layer, out var known))
        {
            return known;
        }

        var position = _layers.Count;
        _layers.Add(layer);
        _children.Add(null);
        _position.Add(layer, position);
        if (!isRoot(layer))
        {
            _children[position] = [.. layer.Children.Select(child => Enter(child, isRoot))];
        }

        return position;
    }
}
