using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog.Journal;

/// <summary>Writes a base file: every row of every table at one generation.</summary>
internal static class JournalBase
{
    // Rows of one record; a reader holds one record at a time in parsed form.
    private const int PayloadBytes = 1 << 20;

    /// <summary>Writes beside the target, makes it durable and renames it. The caller syncs the directory.</summary>
    /// <returns>Bytes of the file.</returns>
    public static long Write(string path, SqliteConnection reader, Guid storeId, int schemaVersion)
    {
        var unfinished = path + ".tmp";
        try
        {
            var lengthBytes = WriteWhole(unfinished, reader, storeId, schemaVersion);
            File.Move(unfinished, path, overwrite: true);
            return lengthBytes;
        }
        catch (IOException)
        {
            // A file system that is full gets back what half a base took.
            File.Delete(unfinished);
            throw;
        }
    }

    private static long WriteWhole(string path, SqliteConnection reader, Guid storeId, int schemaVersion)
    {
        using (var file = File.Create(path, 1 << 16))
        {
            SqlText.Execute(reader, "BEGIN");
            try
            {
                WriteRows(file, reader, storeId, schemaVersion);
            }
            finally
            {
                SqlText.Execute(reader, "ROLLBACK");
            }

            file.Flush(flushToDisk: true);
            return file.Length;
        }
    }

    private static void WriteRows(FileStream file, SqliteConnection reader, Guid storeId, int schemaVersion)
    {
        var generation = SqlText.Scalar(reader, "SELECT generation FROM meta");
        file.Write(new JournalHeader(storeId, generation, JournalFormat.KindBase, schemaVersion).ToBytes());
        foreach (var table in SqlTables.Names(reader))
            WriteTable(file, reader, table, generation);
        file.Write(new JournalFrame(generation, JournalFormat.RecordEnd, default).ToBytes());
    }

    [SuppressMessage("Security", "CA2100", Justification = "The name is one of the database's own tables.")]
    private static void WriteTable(FileStream file, SqliteConnection reader, string table, long generation)
    {
        using var command = reader.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM {table}");
        using var rows = command.ExecuteReader();
        var row = new object?[rows.FieldCount];
        var changes = new ChangeList();
        while (rows.Read())
        {
            for (var index = 0; index < row.Length; index++)
                row[index] = rows.GetValue(index);
            changes.Put(table, row);
            if (changes.LengthBytes < PayloadBytes)
                continue;
            WriteChanges(file, changes, generation);
            changes = new ChangeList();
        }

        WriteChanges(file, changes, generation);
    }

    private static void WriteChanges(FileStream file, ChangeList changes, long generation)
    {
        using (changes)
        {
            if (changes.Count > 0)
                file.Write(new JournalFrame(generation, JournalFormat.RecordChanges, changes.ToPayload()).ToBytes());
        }
    }
}
