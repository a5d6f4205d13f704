using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Schema;

namespace Tidemark.Catalog;

/// <summary>Connections to catalog databases, all set up alike.</summary>
internal static class SqlConnections
{
    // SQLite's own log never triggers a checkpoint inside a commit; the checkpoint thread does it.
    private const string Setup =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;";

    /// <summary>Opens a database, making it when it does not exist.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(Text(path, SqliteOpenMode.ReadWriteCreate));
        try
        {
            connection.Open();
            SqlText.Execute(connection, Setup);
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database that is only read, as it lies there.</summary>
    public static SqliteConnection OpenReadOnly(string path)
    {
        var connection = new SqliteConnection(Text(path, SqliteOpenMode.ReadOnly));
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads rows of a table with all their columns.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Texts are made from the tables' own names.")]
    public static List<T> Load<T>(
        SqliteConnection connection,
        CatalogTable table,
        string condition,
        Func<SqliteDataReader, T> map,
        object? key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name} {condition}";
        if (key is { } value)
            command.Parameters.AddWithValue("$p0", value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    private static string Text(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
    }.ToString();
}
