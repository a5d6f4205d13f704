using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Schema;
using Tidemark.Engine;

namespace Tidemark.Catalog.Tests;

public sealed class SqlCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Waiting_transactions_share_a_commit_and_each_has_its_own_generation()
    {
        using var catalog = Open();
        using var isRunning = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var generations = new System.Collections.Concurrent.ConcurrentBag<long>();
        var first = new Thread(() => catalog.Commit(_ =>
        {
            isRunning.Set();
            mayGoOn.Wait();
        }));
        first.Start();
        isRunning.Wait(TestContext.Current.CancellationToken);

        var others = Enumerable.Range(0, 20)
            .Select(_ => new Thread(() => catalog.Commit(transaction => generations.Add(transaction.Generation))))
            .ToList();
        others.ForEach(thread => thread.Start());
        mayGoOn.Set();
        first.Join();
        others.ForEach(thread => thread.Join());

        Assert.Equal(Enumerable.Range(2, 20).Select(value => (long)value), generations.Order());
    }

    [Fact]
    public void Each_commit_is_told_with_what_it_carried()
    {
        var commits = new System.Collections.Concurrent.ConcurrentQueue<CatalogCommit>();
        using (var catalog = SqlCatalog.Open(new() { DataDirectory = _folder.Path, OnCommit = commits.Enqueue }))
        {
            catalog.Commit(_ => { });
            Assert.Throws<IOException>(() => catalog.Commit(_ => throw new IOException("Not this one.")));
        }

        Assert.Equal(2, commits.Count);
        Assert.All(commits, commit => Assert.Equal((1, null), (commit.TransactionCount, commit.Failure)));
    }

    [Fact]
    public void A_commit_inside_a_commit_is_refused()
    {
        using var catalog = Open();

        Assert.Throws<InvalidOperationException>(() => catalog.Commit(_ => catalog.Commit(_ => { })));
    }

    [Fact]
    public void A_closed_catalog_refuses_commits()
    {
        var catalog = Open();
        catalog.Dispose();

        Assert.ThrowsAny<Exception>(() => catalog.Commit(_ => { }));
    }

    [Fact]
    public void A_transaction_reads_its_own_rows()
    {
        using var catalog = Open();
        long inside = 0;

        catalog.Commit(transaction =>
        {
            var sql = SqlTransaction.Of(transaction);
            sql.Put(CatalogTables.Tags, "disk-1", "team", "db");
            inside = sql.Rows.Number("SELECT count(*) FROM tags WHERE resource_id = @id", new { id = "disk-1" });
        });

        Assert.Equal(1, inside);
        Assert.Equal(1, catalog.Read(reader => reader.Number("SELECT count(*) FROM tags")));
    }

    [Fact]
    public void A_row_cannot_be_written_past_the_journal()
    {
        using var catalog = Open();

        Assert.Throws<ArgumentException>(() => catalog.Commit(transaction =>
            SqlTransaction.Of(transaction).Rows.Query<long>("DELETE FROM tags RETURNING 1")));
        Assert.Throws<ArgumentException>(() => catalog.Read(reader =>
            reader.Query<long>("DELETE FROM tags RETURNING 1")));
        catalog.Commit(transaction => SqlTransaction.Of(transaction).Put(CatalogTables.Tags, "a", "b", "c"));
    }

    [Fact]
    public void A_newer_schema_is_refused_by_its_version()
    {
        Open().Dispose();
        using (var connection = SqlConnections.Open(Path.Combine(_folder.Path, "catalog.db")))
            SqlText.Execute(connection, "PRAGMA user_version = 77");

        var thrown = Assert.Throws<EngineException>(Open);

        Assert.Contains("schema version 77", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_in_code_are_those_of_the_schema()
    {
        Open().Dispose();
        using var connection = SqlConnections.Open(Path.Combine(_folder.Path, "catalog.db"));

        var names = CatalogTables.All.Select(table => table.Name).Order(StringComparer.Ordinal);
        Assert.Equal(names, SqlTables.Names(connection));
        foreach (var table in CatalogTables.All)
        {
            Assert.Equal(table.Columns, SqlTables.Columns(connection, table.Name, out var keyColumnCount));
            Assert.Equal(table.KeyColumnCount, keyColumnCount);
        }
    }

    [Fact]
    public void Migrations_are_numbered_from_one_and_a_failing_one_leaves_the_version_before_it()
    {
        Assert.Equal(Enumerable.Range(1, Migrations.All.Count), Migrations.All.Select(migration => migration.Version));
        using var connection = SqlConnections.Open(Path.Combine(_folder.Path, "other.db"));
        Migration[] steps =
        [
            new(1, "CREATE TABLE a (x INTEGER) STRICT"),
            new(2, "CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (x INTEGER) STRICT"),
        ];

        Assert.Throws<SqliteException>(() => SchemaVersion.Raise(connection, steps, 2));

        Assert.Equal(1, SchemaVersion.Read(connection));
        Assert.Equal(["a"], SqlTables.Names(connection));
    }

    [Fact]
    public void A_daily_copy_is_made_once_and_seven_are_kept()
    {
        using var catalog = Open();
        new RandomHistory(1).Run(catalog, 10);
        var first = new DateOnly(2026, 2, 25);

        for (var day = 0; day < 10; day++)
            Assert.True(catalog.CopyDaily(first.AddDays(day)));

        Assert.False(catalog.CopyDaily(first.AddDays(9)));
        var names = Directory.EnumerateFiles(Path.Combine(_folder.Path, "copies")).Select(Path.GetFileName).Order();
        Assert.Equal(Enumerable.Range(3, 7).Select(day => $"catalog-{first.AddDays(day):yyyyMMdd}.db"), names);
    }

    private SqlCatalog Open() => SqlCatalog.Open(new() { DataDirectory = _folder.Path });
}
