using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Gives out ids that were never given before. They are reserved in the catalog by the thousand, so that giving one
/// costs nothing; a restart skips what was reserved and not used.
/// </summary>
internal sealed class IdSource
{
    private const int ReservedAtOnce = 1024;

    private static readonly Counter LayerIds = new(row => row.NextLayerId, (row, id) => row with { NextLayerId = id });
    private static readonly Counter SegmentIds = new(
        row => row.NextSegmentId, (row, id) => row with { NextSegmentId = id });
    private static readonly Counter ChunkIds = new(row => row.NextChunkId, (row, id) => row with { NextChunkId = id });

    private readonly EngineCatalog _catalog;
    private readonly Lock _gate = new();
    private CounterRow _reserved;
    private CounterRow _next;

    /// <summary>Raises the epoch and makes it durable.</summary>
    public IdSource(EngineCatalog catalog)
    {
        _catalog = catalog;
        _next = catalog.LoadCounters();
        _next = _next with { Epoch = _next.Epoch + 1 };
        _reserved = Reserve();
    }

    /// <summary>The epoch of this engine: higher than every earlier one on the store.</summary>
    public long Epoch => _next.Epoch;

    /// <summary>A new layer id.</summary>
    public long NextLayerId() => Next(LayerIds);

    /// <summary>A new segment id. A catalog that cannot commit counts as a store that cannot take more.</summary>
    public long NextSegmentId() => Next(SegmentIds);

    /// <summary>A new index file id.</summary>
    public long NextChunkId() => Next(ChunkIds);

    private long Next(Counter counter)
    {
        lock (_gate)
        {
            var id = counter.Of(_next);
            EnsureReserved(id < counter.Of(_reserved));
            _next = counter.With(_next, id + 1);
            return id;
        }
    }

    private void EnsureReserved(bool isReserved)
    {
        if (isReserved)
        {
            return;
        }

        try
        {
            _reserved = Reserve();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new StoreException(StoreFault.NoSpace, $"The catalog could not reserve ids: {e.Message}", e);
        }
    }

    private CounterRow Reserve()
    {
        var reserved = _next with
        {
            NextLayerId = _next.NextLayerId + ReservedAtOnce,
            NextSegmentId = _next.NextSegmentId + ReservedAtOnce,
            NextChunkId = _next.NextChunkId + ReservedAtOnce,
        };
        _catalog.Commit(transaction => transaction.Put(reserved));
        return reserved;
    }

    // One kind of id as a column of the counters.
    private sealed record Counter(Func<CounterRow, long> Of, Func<CounterRow, long, CounterRow> With);
}
