using Tidemark.Catalog.Repair;
using Tidemark.Engine;

namespace Tidemark.Catalog.Tests;

public sealed class CatalogRepairTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    private string Database => Path.Combine(_folder.Path, "catalog.db");

    private string Journal => Path.Combine(_folder.Path, "store", "catalog-journal");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_deleted_catalog_comes_back_row_by_row(int seed)
    {
        Run(seed, 60);
        Run(seed + 100, 40);
        var expected = CatalogDump.Of(_folder.Path);
        DeleteDatabase();

        var report = CatalogRepair.Rebuild(_folder.Path, Now);

        Assert.Equal(100, report.Generation);
        Assert.Empty(report.Problems);
        Assert.Equal(expected, CatalogDump.Of(_folder.Path));
        Run(seed, 1);
    }

    [Fact]
    public void The_state_while_the_catalog_is_open_comes_back_too()
    {
        using var catalog = Open();
        new RandomHistory(5).Run(catalog, 30);
        using var crashed = _folder.Copy();
        var expected = CatalogDump.Of(_folder.Path);

        File.Delete(Path.Combine(crashed.Path, "catalog.db"));
        CatalogRepair.Rebuild(crashed.Path, Now);

        Assert.Equal(expected, CatalogDump.Of(crashed.Path));
    }

    [Fact]
    public void A_crash_between_commits_leaves_a_catalog_that_opens_with_all_commits()
    {
        using var catalog = Open();
        var history = new RandomHistory(6);
        for (var round = 1; round <= 10; round++)
        {
            history.Run(catalog, 3);
            using var crashed = _folder.Copy();

            using var reopened = SqlCatalog.Open(new() { DataDirectory = crashed.Path });

            Assert.Equal(round * 3, reopened.Generation);
        }
    }

    [Fact]
    public void An_older_catalog_is_kept_aside_and_replaced()
    {
        Run(1, 5);
        using var older = _folder.Copy();
        Run(2, 5);
        var expected = CatalogDump.Of(_folder.Path);
        DeleteDatabase();
        File.Copy(Path.Combine(older.Path, "catalog.db"), Database);

        var report = CatalogRepair.Rebuild(_folder.Path, Now);

        Assert.Contains(Database + ".20260304-050607.old", report.KeptFiles);
        Assert.All(report.KeptFiles, kept => Assert.True(File.Exists(kept) || Directory.Exists(kept)));
        Assert.Equal(expected, CatalogDump.Of(_folder.Path));
        using var catalog = Open();
        Assert.Equal(10, catalog.Generation);
    }

    [Fact]
    public void Without_a_base_the_newest_copy_and_the_log_after_it_are_used()
    {
        using (var catalog = Open())
        {
            new RandomHistory(1).Run(catalog, 20);
            Assert.True(catalog.CopyDaily(new DateOnly(2026, 3, 3)));
            new RandomHistory(2).Run(catalog, 20);
        }

        var expected = CatalogDump.Of(_folder.Path);
        DeleteDatabase();
        foreach (var file in Directory.EnumerateFiles(Journal, "*.base"))
            File.Delete(file);

        var report = CatalogRepair.Rebuild(_folder.Path, Now);

        Assert.Equal("catalog-20260303.db", report.Source);
        Assert.Equal(40, report.Generation);
        Assert.Equal(expected, CatalogDump.Of(_folder.Path));
    }

    [Fact]
    public void A_damaged_copy_is_passed_over()
    {
        using (var catalog = Open())
        {
            new RandomHistory(1).Run(catalog, 20);
            catalog.CopyDaily(new DateOnly(2026, 3, 2));
            catalog.CopyDaily(new DateOnly(2026, 3, 3));
        }

        File.WriteAllText(Path.Combine(_folder.Path, "copies", "catalog-20260303.db"), "no database at all");
        DeleteDatabase();
        Directory.Delete(Journal, recursive: true);

        var report = CatalogRepair.Rebuild(_folder.Path, Now);

        Assert.Equal("catalog-20260302.db", report.Source);
        Assert.Single(report.Problems);
    }

    [Fact]
    public void With_nothing_to_rebuild_from_nothing_is_touched()
    {
        File.WriteAllText(Database, "something");

        var thrown = Assert.Throws<EngineException>(() => CatalogRepair.Rebuild(_folder.Path, Now));

        Assert.Equal(EngineFault.CatalogMismatch, thrown.Fault);
        Assert.Equal("something", File.ReadAllText(Database));
    }

    private SqlCatalog Open() => SqlCatalog.Open(new() { DataDirectory = _folder.Path });

    private void Run(int seed, int commitCount)
    {
        using var catalog = Open();
        new RandomHistory(seed).Run(catalog, commitCount);
    }

    private void DeleteDatabase()
    {
        foreach (var ending in new[] { "", "-wal", "-shm" })
            File.Delete(Database + ending);
    }
}
