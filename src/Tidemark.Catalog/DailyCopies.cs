using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Journal;

namespace Tidemark.Catalog;

/// <summary>One compact copy of the catalog for each day, the last seven kept.</summary>
/// <param name="files">Where they are.</param>
internal sealed class DailyCopies(CatalogFiles files)
{
    private const int CopiesMax = 7;

    /// <summary>Paths of the copies, oldest first.</summary>
    public IReadOnlyList<string> Paths => Directory.Exists(files.Copies)
        ? [.. Directory.EnumerateFiles(files.Copies, "catalog-????????.db").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Whether the copy of a day was made.</summary>
    public bool Exists(DateOnly day) => File.Exists(files.Copy(day));

    /// <summary>Makes the copy of a day and removes the oldest ones.</summary>
    public void Make(DateOnly day, SqliteConnection connection)
    {
        Directory.CreateDirectory(files.Copies);
        var unfinished = files.Copy(day) + ".tmp";
        File.Delete(unfinished);
        SqlText.Execute(connection, $"VACUUM INTO {SqlText.Quote(unfinished)}");
        using (var file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        File.Move(unfinished, files.Copy(day), overwrite: true);
        DirectorySync.Sync(files.Copies);
        foreach (var old in Paths.SkipLast(CopiesMax))
            File.Delete(old);
    }
}
