namespace Tidemark.Engine.Catalog;

/// <summary>
/// The changes of one atomic commit. Lives only inside <see cref="EngineCatalog.Commit"/>. A put replaces the row with
/// the same key; a delete of an unknown key does nothing.
/// </summary>
public abstract class CatalogTransaction
{
    /// <summary>The generation that the catalog has once this transaction is committed.</summary>
    public abstract long Generation { get; }

    /// <summary>Writes a disk row.</summary>
    public abstract void Put(DiskRow row);

    /// <summary>Writes a layer row.</summary>
    public abstract void Put(LayerRow row);

    /// <summary>Writes a chunk row.</summary>
    public abstract void Put(ChunkRow row);

    /// <summary>Writes a segment row.</summary>
    public abstract void Put(SegmentRow row);

    /// <summary>Writes the counters.</summary>
    public abstract void Put(CounterRow row);

    /// <summary>
    /// Changes a disk's row as it is at this place in the order of transactions; columns that
    /// <paramref name="change"/> leaves alone keep what earlier transactions wrote.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such row.</exception>
    public abstract void UpdateDisk(string diskId, Func<DiskRow, DiskRow> change);

    /// <summary>The same for a layer's row.</summary>
    /// <exception cref="InvalidOperationException">There is no such row.</exception>
    public abstract void UpdateLayer(long layerId, Func<LayerRow, LayerRow> change);

    /// <summary>Removes a disk row.</summary>
    public abstract void DeleteDisk(string diskId);

    /// <summary>Removes a layer row and the chunk rows of its index.</summary>
    public abstract void DeleteLayer(long layerId);

    /// <summary>Removes all chunk rows of one run of a layer.</summary>
    public abstract void DeleteRun(long layerId, long runNumber);

    /// <summary>Removes a segment row.</summary>
    public abstract void DeleteSegment(long segmentId);
}
