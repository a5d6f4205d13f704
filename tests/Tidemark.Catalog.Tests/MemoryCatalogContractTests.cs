using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog.Tests;

public sealed class MemoryCatalogContractTests : EngineCatalogContract
{
    protected override EngineCatalog Catalog { get; } =
        new MemoryCatalog(Guid.Parse("0b1d8b5e-54a2-4f0c-9d0e-1f2a3b4c5d6e"));
}
