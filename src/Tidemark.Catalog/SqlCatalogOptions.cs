using Tidemark.Engine;

namespace Tidemark.Catalog;

/// <summary>Where the catalog is and how it works.</summary>
public sealed record SqlCatalogOptions
{
    /// <summary>
    /// The data directory: <c>catalog.db</c>, <c>store/catalog-journal</c> and <c>copies</c> are in it.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where a person's attention is asked for.</summary>
    public Action<EngineMessage>? Log { get; init; }
}
