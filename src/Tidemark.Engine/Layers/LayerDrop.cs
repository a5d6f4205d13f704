using Tidemark.Engine.Catalog;

namespace Tidemark.Engine.Layers;

/// <summary>What dropping a layer takes out of the catalog and, once nobody reads it, out of the store.</summary>
/// <param name="LayerId">The layer.</param>
/// <param name="Segments">The rows of its segments, marked retired.</param>
/// <param name="ChunkIds">Its index files.</param>
internal sealed record LayerDrop(long LayerId, IReadOnlyList<SegmentRow> Segments, IReadOnlyList<long> ChunkIds)
{
    /// <summary>Enters the drop in a transaction.</summary>
    public void Put(CatalogTransaction transaction)
    {
        transaction.DeleteLayer(LayerId);
        foreach (var row in Segments)
        {
            transaction.Put(row);
        }
    }
}
