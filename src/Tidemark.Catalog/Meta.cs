using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog;

/// <summary>The one row that says which store the catalog describes, and how often it was committed to.</summary>
internal static class Meta
{
    private const string CreateSql =
        """
        CREATE TABLE IF NOT EXISTS meta (
            meta_id INTEGER NOT NULL PRIMARY KEY CHECK (meta_id = 1),
            store_id BLOB NOT NULL,
            generation INTEGER NOT NULL) STRICT
        """;

    /// <summary>Makes the row of a new catalog, or replaces it in one that is being rebuilt.</summary>
    public static void Write(SqliteConnection connection, Guid storeId, long generation)
    {
        SqlText.Execute(connection, CreateSql);
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT OR REPLACE INTO meta (meta_id, store_id, generation) VALUES (1, $id, $generation)";
        command.Parameters.AddWithValue("$id", storeId.ToByteArray(bigEndian: true));
        command.Parameters.AddWithValue("$generation", generation);
        command.ExecuteNonQuery();
    }

    /// <summary>Reads the row; false when the catalog has none yet.</summary>
    public static bool TryRead(SqliteConnection connection, out Guid storeId, out long generation)
    {
        storeId = Guid.Empty;
        generation = 0;
        if (SqlText.Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'meta'") == 0)
            return false;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT store_id, generation FROM meta";
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return false;
        storeId = new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true);
        generation = reader.GetInt64(1);
        return true;
    }
}
