using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog;

/// <summary>
/// What a database itself says of its tables; so a journal can be replayed into any version of the schema.
/// </summary>
internal static class SqlTables
{
    /// <summary>The tables with rows of the catalog, by name; not the one with the generation.</summary>
    public static IReadOnlyList<string> Names(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta' " +
            "AND name NOT LIKE 'sqlite%' ORDER BY name";
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names;
    }

    /// <summary>The columns of a table in the order of its definition, and how many of them are its key.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The name is one of the database's own tables.")]
    public static IReadOnlyList<string> Columns(SqliteConnection connection, string table, out int keyColumnCount)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA table_info({SqlText.Quote(table)})";
        using var rows = command.ExecuteReader();
        var columns = new List<string>();
        keyColumnCount = 0;
        while (rows.Read())
        {
            columns.Add(rows.GetString(1));
            keyColumnCount += rows.GetInt64(5) > 0 ? 1 : 0;
        }

        return columns;
    }
}
