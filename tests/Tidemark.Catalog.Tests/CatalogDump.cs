using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog.Tests;

/// <summary>Everything in a catalog as text, so that two can be compared row by row.</summary>
internal static class CatalogDump
{
    public static IReadOnlyList<string> Of(string dataDirectory)
    {
        using var connection = SqlConnections.OpenReadOnly(Path.Combine(dataDirectory, "catalog.db"));
        var lines = new List<string>();
        foreach (var table in SqlTables.Names(connection).Append("meta"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                lines.Add($"{table}: {Line(rows)}");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Line(SqliteDataReader rows) =>
        string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(index => Text(rows.GetValue(index))));

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
}
