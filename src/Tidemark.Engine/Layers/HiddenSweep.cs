using Tidemark.Engine.Index;

namespace Tidemark.Engine.Layers;

/// <summary>A walk over the blocks of several layers that tells at each step which of them is hidden.</summary>
internal sealed class HiddenSweep : IDisposable
{
    private readonly ExtentSweep _sweep;
    private readonly Dictionary<Layer, int> _position;
    private readonly List<int[]?> _children;

    /// <summary>Takes over a sweep whose cursors stand in the order of positions.</summary>
    public HiddenSweep(ExtentSweep sweep, Dictionary<Layer, int> position, List<int[]?> children)
    {
        _sweep = sweep;
        _position = position;
        _children = children;
    }

    /// <summary>How many blocks the step spans.</summary>
    public long BlockCount => _sweep.BlockCount;

    /// <summary>The first block of the step.</summary>
    public long FirstBlock => _sweep.FirstBlock;

    /// <summary>Goes to the next blocks for which some layer has an entry.</summary>
    public bool MoveNext() => _sweep.MoveNext();

    /// <summary>True when the layer has an entry here.</summary>
    public bool Has(Layer layer) => _sweep.Has(_position[layer]);

    /// <summary>The layer's entry, clipped to the step.</summary>
    public ref readonly Extent At(Layer layer) => ref _sweep.At(_position[layer]);

    /// <summary>The checksums of the layer's entry.</summary>
    public ReadOnlySpan<uint> CrcsAt(Layer layer) => _sweep.CrcsAt(_position[layer]);

    /// <summary>True when no root sees the layer's entry here.</summary>
    public bool IsHidden(Layer layer) => IsHidden(_position[layer]);

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();

    private bool IsHidden(int position)
    {
        if (_children[position] is not { } children)
        {
            return false;
        }

        foreach (var child in children)
        {
            if (!_sweep.Has(child) && !IsHidden(child))
            {
                return false;
            }
        }

        return true;
    }
}
