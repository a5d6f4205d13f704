using System.Numerics;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Makes the key of a figure from the layers that it is counted over. A layer that still takes writes, or has some that
/// are not published, gives a figure no key: it is counted each time.
/// </summary>
/// <param name="indexOf">Loads a layer's index.</param>
internal struct LayerFigureKey(Func<Layer, LayerIndex> indexOf)
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly Func<Layer, LayerIndex> _indexOf = indexOf;
    private ulong _mixed;
    private bool _isChanging;

    /// <summary>The key; null when one of the layers may change without a new version.</summary>
    public readonly long? Value => _isChanging ? null : (long)_mixed;

    /// <summary>Adds a layer, with whether it counted as seen by a name. The order matters.</summary>
    public void Add(Layer layer, bool isRoot)
    {
        // The version first: should the index change in between, the key is one that is never made again.
        var version = layer.Version;
        _isChanging |= !layer.IsSealed || _indexOf(layer).Tail.Length > 0;
        Mix((ulong)layer.Id);
        Mix((ulong)version);
        Mix(isRoot ? 1UL : 0UL);
    }

    private void Mix(ulong value) => _mixed = (BitOperations.RotateLeft(_mixed, 23) ^ value) * Multiplier;
}
