using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Tidemark.Catalog;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>Lists of many snapshots: which index they use and, in the output, how long they take.</summary>
public sealed class LongListTests
{
    private const int SnapshotsCount = 10_000;
    private const int DisksCount = 100;
    private const int CallsCount = 1_000;

    [Fact]
    public void A_page_of_many_snapshots_is_read_through_the_index_of_its_account()
    {
        using var server = new TestServer();
        AddRows(server);
        var plan = new ListPlan(
            new() { Limit = 100 }, "snapshots", new ListKind("snapshot_id", "snap-", "SnapshotIds"),
            new FilterRules("snapshot_id", new Dictionary<string, string>(), new Dictionary<string, string>(),
                new Dictionary<string, string?>()), hasDeadlineOrder: false);
        plan.Require("deleted_ms IS NULL");
        plan.RequireVisible(server.Home, otherwise: null);

        var count = Explain(server, plan.CountSql, plan.Parameters);
        var rows = Explain(server, plan.RowsSql, plan.Parameters);

        Assert.Contains("COVERING INDEX snapshots_by_scope", count, StringComparison.Ordinal);
        Assert.Contains("COVERING INDEX snapshots_by_scope", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN snapshots", rows, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_of_many_snapshots_come_whole_and_in_order()
    {
        using var server = new TestServer();
        AddRows(server);
        var times = new List<double>();
        for (var call = 0; call < CallsCount; call++)
        {
            var start = Stopwatch.GetTimestamp();
            var offset = call * 100 % SnapshotsCount;
            var page = server.Snapshots.List(new() { Limit = 100, Offset = offset }, server.Home);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.Equal(SnapshotsCount, page.TotalCount);
            Assert.Equal(IdOf(SnapshotsCount - 1 - offset), page.Items[0].SnapshotId);
            Assert.Equal(100, page.Items.Count);
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{CallsCount} lists: median {times[CallsCount / 2]:0.0} ms, p99 {times[CallsCount * 99 / 100]:0.0} ms"));
    }

    private static void AddRows(TestServer server) => server.Catalog.Commit(transaction =>
    {
        for (var index = 0; index < SnapshotsCount; index++)
        {
            SnapshotTable.Put(SqlTransaction.Of(transaction), new Snapshot
            {
                SnapshotId = IdOf(index),
                SnapshotName = "many",
                DiskId = string.Create(CultureInfo.InvariantCulture, $"disk-{index % DisksCount:00000000}"),
                LayerId = 1_000_000 + index,
                DiskSizeGiB = 1,
                DiskUsage = DiskUsage.Data,
                SnapshotState = SnapshotState.Normal,
                AccountId = server.Home.AccountId,
                Region = server.Home.Region,
                Zone = "test-1",
                CreateTime = server.Clock.Now.AddSeconds(index),
                ModifyTime = server.Clock.Now,
            });
        }
    });

    private static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"snap-{index:00000000}");

    private static string Explain(TestServer server, string sql, object parameters)
    {
        var path = Path.Combine(server.FolderPath, "catalog.db");
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        return string.Join('\n', connection.Query("EXPLAIN QUERY PLAN " + sql, parameters)
            .Select(row => (string)row.detail));
    }
}
