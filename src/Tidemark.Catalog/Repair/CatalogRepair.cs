using System.Globalization;
using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Journal;
using Tidemark.Catalog.Schema;
using Tidemark.Engine;

namespace Tidemark.Catalog.Repair;

/// <summary>
/// Rebuilds <c>catalog.db</c> from the store's journal, or, when the journal's base is lost, from the newest daily copy
/// and what the journal has after it. Nothing is thrown away: the old files are kept beside the new ones under a dated
/// name.
/// </summary>
public static class CatalogRepair
{
    /// <summary>Rebuilds; the catalog must not be open.</summary>
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="now">For the names of what is kept aside.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="EngineException">
    /// Neither journal nor copies hold anything to rebuild from; nothing was changed.
    /// </exception>
    public static RepairReport Rebuild(string dataDirectory, DateTimeOffset now)
    {
        var files = new CatalogFiles(dataDirectory);
        var problems = new List<string>();
        var journal = JournalContent.Read(new JournalFolder(files.Journal), problems);
        var unfinished = files.Database + ".rebuilding";
        Remove(unfinished);
        RepairReport? report = null;
        if (journal?.Base is not null)
            report = FromJournal(journal, unfinished);
        report ??= FromCopies(files, journal, unfinished, problems);
        if (report is null)
        {
            throw new EngineException(EngineFault.CatalogMismatch,
                $"There is nothing to rebuild from: {files.Journal} and {files.Copies} hold no complete state. " +
                string.Join("; ", problems));
        }

        var suffix = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return report with { KeptFiles = Swap(files, unfinished, suffix), Problems = problems };
    }

    private static RepairReport FromJournal(JournalContent journal, string path)
    {
        using var connection = SqlConnections.Open(path);
        SchemaVersion.Raise(connection, Migrations.All, journal.SchemaVersion);
        IEnumerable<JournalFrame> frames = [.. journal.Base?.Frames ?? [], .. journal.Later];
        var count = Replay(connection, frames, journal.StoreId, journal.Generation);
        return new RepairReport("the store's journal", journal.Generation, count, [], []);
    }

    private static RepairReport? FromCopies(
        CatalogFiles files, JournalContent? journal, string path, List<string> problems)
    {
        foreach (var copy in new DailyCopies(files).Paths.Reverse())
        {
            try
            {
                return FromCopy(copy, journal, path);
            }
            catch (Exception problem) when (problem is SqliteException or IOException)
            {
                problems.Add($"{copy}: {problem.Message}");
                Remove(path);
            }
        }

        return null;
    }

    private static RepairReport FromCopy(string copy, JournalContent? journal, string path)
    {
        File.Copy(copy, path);
        using var connection = SqlConnections.Open(path);
        if (!Meta.TryRead(connection, out var storeId, out var generation))
            throw new IOException("the copy has no store id");
        var later = new List<JournalFrame>();
        if (journal?.StoreId == storeId && SchemaVersion.Read(connection) == journal.SchemaVersion)
        {
            foreach (var frame in journal.Later.Where(frame => frame.Generation > generation))
            {
                if (frame.Generation == generation + later.Count + 1)
                    later.Add(frame);
            }
        }

        var count = Replay(connection, later, storeId, generation + later.Count);
        return new RepairReport(Path.GetFileName(copy), generation + later.Count, count, [], []);
    }

    private static long Replay(
        SqliteConnection connection, IEnumerable<JournalFrame> frames, Guid storeId, long generation)
    {
        using var replay = new JournalReplay(connection);
        SqlText.Execute(connection, "BEGIN");
        foreach (var frame in frames)
            replay.Apply(frame);
        Meta.Write(connection, storeId, generation);
        SqlText.Execute(connection, "COMMIT");
        SchemaVersion.Raise(connection, Migrations.All, Migrations.All[^1].Version);
        SqlText.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return replay.OperationCount;
    }

    // The journal is kept aside too: the next start writes a new one from the rebuilt catalog.
    private static List<string> Swap(CatalogFiles files, string unfinished, string suffix)
    {
        var kept = new List<string>();
        foreach (var ending in new[] { "", "-wal", "-shm" })
        {
            var path = files.Database + ending;
            if (File.Exists(path))
                kept.Add(KeepAside(path, $"{files.Database}.{suffix}.old{ending}", File.Move));
        }

        File.Move(unfinished, files.Database);
        Remove(unfinished);
        DirectorySync.Sync(files.DataDirectory);
        if (Directory.Exists(files.Journal))
            kept.Add(KeepAside(files.Journal, $"{files.Journal}.{suffix}.old", Directory.Move));
        return kept;
    }

    private static string KeepAside(string path, string target, Action<string, string> move)
    {
        move(path, target);
        return target;
    }

    private static void Remove(string path)
    {
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }
}
