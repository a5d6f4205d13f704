#pragma warning disable CA1822
using Tidemark.Engine;
using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog;

/// <summary>The catalog on SQLite: the engine's rows and the domain's in one transaction.</summary>
public sealed class SqlCatalog : EngineCatalog, IDisposable
{
    /// <summary>Opens the catalog of a data directory, or makes a new one.</summary>
    public static SqlCatalog Open(SqlCatalogOptions options) => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override Guid StoreId => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override long Generation => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override IReadOnlyList<DiskRow> LoadDisks() => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override IReadOnlyList<LayerRow> LoadLayers() => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override IReadOnlyList<ChunkRow> LoadChunks(long layerId) => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentRow> LoadSegments() => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override CounterRow LoadCounters() => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override void Commit(Action<CatalogTransaction> changes) => throw new InvalidOperationException();

    /// <inheritdoc/>
    public void Dispose() => throw new InvalidOperationException();
}
