using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog.Tests;

public sealed class SqlCatalogContractTests : EngineCatalogContract
{
    private readonly TemporaryFolder _folder = new();
    private SqlCatalog _catalog;

    public SqlCatalogContractTests() => _catalog = SqlCatalog.Open(new() { DataDirectory = _folder.Path });

    protected override EngineCatalog Catalog => _catalog;

    protected override void Reopen()
    {
        var storeId = _catalog.StoreId;
        _catalog.Dispose();
        _catalog = SqlCatalog.Open(new() { DataDirectory = _folder.Path });
        Assert.Equal(storeId, _catalog.StoreId);
    }

    protected override void Dispose(bool disposing)
    {
        _catalog.Dispose();
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
