using System.Globalization;

namespace Tidemark.Catalog;

/// <summary>Where the catalog's files are within a data directory.</summary>
/// <param name="DataDirectory">The data directory.</param>
internal sealed record CatalogFiles(string DataDirectory)
{
    /// <summary>The database. SQLite keeps a log (<c>-wal</c>) and an index of it (<c>-shm</c>) beside it.</summary>
    public string Database => Path.Combine(DataDirectory, "catalog.db");

    /// <summary>What the catalog can be rebuilt from.</summary>
    public string Journal => Path.Combine(DataDirectory, "store", "catalog-journal");

    /// <summary>The daily copies.</summary>
    public string Copies => Path.Combine(DataDirectory, "copies");

    /// <summary>The copy of a day.</summary>
    public string Copy(DateOnly day) =>
        Path.Combine(Copies, string.Create(CultureInfo.InvariantCulture, $"catalog-{day:yyyyMMdd}.db"));
}
