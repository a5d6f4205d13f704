using Tidemark.Engine.Catalog;

namespace Tidemark.Engine.Tests;

/// <summary>A catalog of which one commit can be held back, before it does anything, while others go on.</summary>
internal sealed class HeldCatalog(EngineCatalog rows) : EngineCatalog, IDisposable
{
    private readonly ManualResetEventSlim _isHolding = new();
    private readonly ManualResetEventSlim _isReleased = new();
    private int _toHold;

    public override Guid StoreId => rows.StoreId;

    public override long Generation => rows.Generation;

    /// <summary>True while a commit is held.</summary>
    public bool IsHeld => _isHolding.IsSet && !_isReleased.IsSet;

    /// <summary>Holds the next commit, of whatever thread.</summary>
    public void HoldNext() => Volatile.Write(ref _toHold, 1);

    /// <summary>Returns when a commit is held.</summary>
    public void WaitUntilHeld() => _isHolding.Wait(TestContext.Current.CancellationToken);

    /// <summary>Lets it go on.</summary>
    public void Release() => _isReleased.Set();

    public override IReadOnlyList<DiskRow> LoadDisks() => rows.LoadDisks();

    public override IReadOnlyList<LayerRow> LoadLayers() => rows.LoadLayers();

    public override IReadOnlyList<ChunkRow> LoadChunks(long layerId) => rows.LoadChunks(layerId);

    public override IReadOnlyList<SegmentRow> LoadSegments() => rows.LoadSegments();

    public override CounterRow LoadCounters() => rows.LoadCounters();

    public override void Commit(Action<CatalogTransaction> changes)
    {
        if (Interlocked.Exchange(ref _toHold, 0) == 1)
        {
            _isHolding.Set();
            _isReleased.Wait();
        }

        rows.Commit(changes);
    }

    public void Dispose()
    {
        _isHolding.Dispose();
        _isReleased.Dispose();
    }
}
