namespace Tidemark.Catalog.Schema;

/// <summary>
/// A table of the catalog: what a transaction needs to write its rows and to journal them. The first
/// <see cref="KeyColumnCount"/> columns are the primary key; the order is that of the table's definition.
/// </summary>
public sealed class CatalogTable
{
    private readonly string[] _columns;
    private readonly string[] _deleteSql;

    /// <summary>Describes a table of <see cref="Migrations"/>.</summary>
    internal CatalogTable(string name, int keyColumnCount, params string[] columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keyColumnCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keyColumnCount, columns.Length);
        Name = name;
        KeyColumnCount = keyColumnCount;
        _columns = columns;
        var places = string.Join(", ", columns.Select((_, index) => $"$p{index}"));
        PutSql = $"INSERT OR REPLACE INTO {name} ({string.Join(", ", columns)}) VALUES ({places})";
        DeleteBelowSql = $"DELETE FROM {name} WHERE {columns[0]} < $p0";
        _deleteSql = new string[keyColumnCount];
        for (var length = 1; length <= keyColumnCount; length++)
        {
            var conditions = columns.Take(length).Select((column, index) => $"{column} = $p{index}");
            _deleteSql[length - 1] = $"DELETE FROM {name} WHERE {string.Join(" AND ", conditions)}";
        }
    }

    /// <summary>The name in the database and in the journal.</summary>
    public string Name { get; }

    /// <summary>How many of the columns make the key.</summary>
    public int KeyColumnCount { get; }

    /// <summary>All columns, key first, in the order of the definition.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Writes a row, replacing the one with the same key.</summary>
    internal string PutSql { get; }

    /// <summary>Removes the rows whose first key column is below a value.</summary>
    internal string DeleteBelowSql { get; }

    /// <summary>Removes the rows whose key starts with so many values.</summary>
    internal string DeleteSql(int prefixLength) => _deleteSql[prefixLength - 1];
}
