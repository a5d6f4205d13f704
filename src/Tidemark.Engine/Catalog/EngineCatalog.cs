namespace Tidemark.Engine.Catalog;

/// <summary>
/// What the engine needs of the catalog: rows of its own, committed atomically together with whatever rows the domain
/// adds in the same transaction. Safe for concurrent use.
/// </summary>
public abstract class EngineCatalog
{
    /// <summary>The store that this catalog describes: 16 bytes, drawn once when the store was made.</summary>
    public abstract Guid StoreId { get; }

    /// <summary>
    /// The number of commits so far. A catalog with a smaller generation than its store was restored from a copy.
    /// </summary>
    public abstract long Generation { get; }

    /// <summary>All disks.</summary>
    public abstract IReadOnlyList<DiskRow> LoadDisks();

    /// <summary>All layers.</summary>
    public abstract IReadOnlyList<LayerRow> LoadLayers();

    /// <summary>The chunks of one layer's index, by run number (newest first), then by first block.</summary>
    public abstract IReadOnlyList<ChunkRow> LoadChunks(long layerId);

    /// <summary>All segments.</summary>
    public abstract IReadOnlyList<SegmentRow> LoadSegments();

    /// <summary>The counters; of a new catalog (1, 1, 1, 0).</summary>
    public abstract CounterRow LoadCounters();

    /// <summary>
    /// Runs <paramref name="changes"/> and commits. Durable on return; on an exception nothing of it has happened.
    /// The delegate may be called on another thread, and must not call back into the catalog.
    /// </summary>
    public abstract void Commit(Action<CatalogTransaction> changes);
}
