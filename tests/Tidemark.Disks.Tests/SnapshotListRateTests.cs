using System.Diagnostics;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>How long pages of a long list take; the figures are printed.</summary>
public sealed class SnapshotListRateTests(ITestOutputHelper output)
{
    private const int SnapshotCount = 10_000;
    private const int BatchSize = 1000;
    private const int PageCount = 1000;
    private const int PageSize = 100;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pages_of_ten_thousand_snapshots(bool isSharedWith)
    {
        var scope = new Scope(Scope.FirstAccountId, "test");
        using var server = new TestServer();
        var diskId = server.NewDisk();
        var model = server.Snapshots.Find(server.NewSnapshot(diskId))!;
        for (var first = 1; first < SnapshotCount; first += BatchSize)
        {
            server.Catalog.Commit(transaction =>
            {
                for (var number = first; number < Math.Min(first + BatchSize, SnapshotCount); number++)
                    SnapshotTable.Put(SqlTransaction.Of(transaction), Like(model, number));
            });
        }

        if (isSharedWith)
            ShareOne(server, model);
        var random = new Random(20261122);
        var times = new List<double>();
        for (var page = 0; page < PageCount; page++)
        {
            var query = new ListQuery { Limit = PageSize, Offset = random.Next(SnapshotCount - PageSize) };
            var start = Stopwatch.GetTimestamp();
            var listed = server.Snapshots.List(query, scope);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.Equal((SnapshotCount + (isSharedWith ? 1 : 0), PageSize), (listed.TotalCount, listed.Items.Count));
        }

        times.Sort();
        output.WriteLine(
            $"{PageCount} pages of {PageSize} out of {SnapshotCount}{(isSharedWith ? " and a shared one" : "")}: " +
            $"half within {times[PageCount / 2]:0.0} ms, 99 of 100 within {times[PageCount * 99 / 100]:0.0} ms.");
    }

    private static Snapshot Like(Snapshot model, int number) => model with
    {
        SnapshotId = $"snap-{number:D8}",
        SnapshotName = $"number {number}",
        CreateTime = model.CreateTime.AddSeconds(number),
    };

    private static void ShareOne(TestServer server, Snapshot model) => server.Catalog.Commit(transaction =>
    {
        var rows = SqlTransaction.Of(transaction);
        SnapshotTable.Put(rows, Like(model, SnapshotCount) with { AccountId = "100000000002" });
        rows.Put(Catalog.Schema.CatalogTables.SnapshotShares, $"snap-{SnapshotCount:D8}", model.AccountId, 1L);
    });
}
