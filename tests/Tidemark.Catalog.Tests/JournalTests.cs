using Tidemark.Catalog.Journal;
using Tidemark.Engine;

namespace Tidemark.Catalog.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_catalog_that_is_missing_beside_its_journal_is_refused()
    {
        Run(_folder, 1, 5);
        File.Delete(Path.Combine(_folder.Path, "catalog.db"));

        var thrown = Assert.Throws<EngineException>(() => Open(_folder));

        Assert.Equal(EngineFault.CatalogMismatch, thrown.Fault);
        Assert.Contains("tidemark repair", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_catalog_is_refused()
    {
        Run(_folder, 1, 5);
        using var older = _folder.Copy();
        Run(_folder, 2, 5);
        CopyDatabase(older, _folder);

        var thrown = Assert.Throws<EngineException>(() => Open(_folder));

        Assert.Equal(EngineFault.CatalogMismatch, thrown.Fault);
        Assert.Contains("older than its store", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalog_of_another_store_is_refused()
    {
        Run(_folder, 1, 5);
        using var other = new TemporaryFolder();
        Run(other, 1, 9);
        CopyDatabase(other, _folder);

        var thrown = Assert.Throws<EngineException>(() => Open(_folder));

        Assert.Equal(EngineFault.CatalogMismatch, thrown.Fault);
        Assert.Contains("describes store", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_catalog_beside_a_journal_is_refused()
    {
        Run(_folder, 1, 5);
        File.WriteAllBytes(Path.Combine(_folder.Path, "catalog.db"), []);

        Assert.Equal(EngineFault.CatalogMismatch, Assert.Throws<EngineException>(() => Open(_folder)).Fault);
    }

    [Fact]
    public void A_journal_behind_the_catalog_is_written_anew()
    {
        Run(_folder, 1, 5);
        using var older = _folder.Copy();
        Run(_folder, 2, 5);
        Directory.Delete(JournalPath(_folder), recursive: true);
        Directory.Move(JournalPath(older), JournalPath(_folder));

        Run(_folder, 3, 2);

        Assert.Equal(12, Read(_folder).Generation);
    }

    [Fact]
    public void A_missing_journal_is_written_anew()
    {
        Run(_folder, 1, 5);
        Directory.Delete(JournalPath(_folder), recursive: true);

        Run(_folder, 3, 2);

        var journal = Read(_folder);
        Assert.Equal(7, journal.Generation);
        Assert.NotNull(journal.Base);
    }

    [Fact]
    public void A_log_cut_anywhere_in_its_last_record_loses_that_record_alone()
    {
        Run(_folder, 1, 6);
        var log = JournalFolderLog(_folder);
        var bytes = File.ReadAllBytes(log);
        var lastRecordStart = bytes.Length - LastRecordBytes(log);

        for (var length = lastRecordStart; length < bytes.Length; length++)
        {
            File.WriteAllBytes(log, bytes[..length]);
            Assert.Equal(5, Read(_folder).Generation);
        }

        Run(_folder, 2, 1);
        Assert.Equal(7, Read(_folder).Generation);
    }

    [Fact]
    public void A_changed_byte_anywhere_in_a_log_is_noticed()
    {
        Run(_folder, 1, 3);
        var log = JournalFolderLog(_folder);
        var bytes = File.ReadAllBytes(log);

        for (var index = 0; index < bytes.Length; index++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[index] ^= 0x10;
            File.WriteAllBytes(log, damaged);
            Assert.True(Read(_folder).Generation < 3, $"Byte {index} was believed.");
        }
    }

    [Fact]
    public void A_long_log_makes_a_new_base_due_and_the_old_files_go()
    {
        var folder = new JournalFolder(JournalPath(_folder));
        using (var catalog = Open(_folder))
        {
            var text = new string('x', 1 << 20);
            for (var step = 0; step < 18; step++)
                catalog.Commit(transaction => SqlTransaction.Of(transaction).Put(
                    Schema.CatalogTables.Tags, "resource", "key", text + step));
        }

        Assert.Equal(folder.LastNumber, Assert.Single(folder.BaseNumbers));
        Assert.True(folder.LastNumber > 1);
        Assert.Equal(18, Read(_folder).Generation);
    }

    private static void Run(TemporaryFolder folder, int seed, int commitCount)
    {
        using var catalog = Open(folder);
        new RandomHistory(seed).Run(catalog, commitCount);
    }

    private static SqlCatalog Open(TemporaryFolder folder) => SqlCatalog.Open(new() { DataDirectory = folder.Path });

    private static string JournalPath(TemporaryFolder folder) => Path.Combine(folder.Path, "store", "catalog-journal");

    private static string JournalFolderLog(TemporaryFolder folder)
    {
        var files = new JournalFolder(JournalPath(folder));
        return files.LogPath(files.LogNumbers[^1]);
    }

    private static int LastRecordBytes(string log)
    {
        var file = JournalFile.Read(log, out _)!;
        return file.Frames[^1].ToBytes().Length;
    }

    private static JournalContent Read(TemporaryFolder folder) =>
        JournalContent.Read(new JournalFolder(JournalPath(folder)), [])!;

    private static void CopyDatabase(TemporaryFolder from, TemporaryFolder to)
    {
        foreach (var ending in new[] { "", "-wal", "-shm" })
        {
            var source = Path.Combine(from.Path, "catalog.db" + ending);
            var target = Path.Combine(to.Path, "catalog.db" + ending);
            File.Delete(target);
            if (File.Exists(source))
                File.Copy(source, target);
        }
    }
}
