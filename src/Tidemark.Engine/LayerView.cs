using Tidemark.Engine.Layers;

namespace Tidemark.Engine;

/// <summary>
/// A sealed layer read as a disk. Pins the layer until disposed: it reads the same bytes even when its last name goes.
/// </summary>
public sealed class LayerView : ReadableDisk, IViewSource, IDisposable
{
    private readonly StorageEngine _engine;
    private readonly Layer _layer;
    private readonly long _viewId;
    private bool _isDisposed;

    internal LayerView(StorageEngine engine, Layer layer, long viewId)
    {
        _engine = engine;
        _layer = layer;
        _viewId = viewId;
    }

    /// <summary>The layer.</summary>
    public long LayerId => _layer.Id;

    /// <inheritdoc/>
    public override long SizeBytes => _layer.SizeBytes;

    long IViewSource.ViewId => _viewId;

    Layer IViewSource.Head => _layer;

    string IViewSource.Name => $"the snapshot in layer {_layer.Id}";

    /// <inheritdoc/>
    public override IoResult Read(long offset, Span<byte> destination) => IsReadable(offset, destination.Length)
        ? _engine.Reader.Read(this, offset, destination, residentOnly: false, out _)
        : IoResult.Invalid;

    /// <inheritdoc/>
    public override IoResult TryReadResident(long offset, Span<byte> destination, out bool wouldWait)
    {
        wouldWait = false;
        return IsReadable(offset, destination.Length)
            ? _engine.Reader.Read(this, offset, destination, residentOnly: true, out wouldWait)
            : IoResult.Invalid;
    }

    /// <inheritdoc/>
    public override void MapAllocation(long firstBlock, long blockCount, int rangesMax, List<BlockRange> ranges) =>
        _engine.MapAllocation(this, firstBlock, blockCount, rangesMax, ranges);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            StorageEngine.Unpin(_layer);
        }
    }
}
