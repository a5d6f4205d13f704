using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>Expects that the domain's rows, the engine and the quota tell the same.</summary>
internal static class Agreement
{
    public static void Check(TestServer server)
    {
        CheckNames(server);
        CheckGroups(server);
        CheckStates(server);
        foreach (var region in server.Domain.Options.Regions)
            CheckQuota(server, new Scope(Scope.FirstAccountId, region.Name));
        Assert.Equal(
            server.Catalog.Read(reader => reader.Query<string>("SELECT disk_id FROM disks ORDER BY disk_id")),
            server.Engine.DiskIds);
        Assert.Empty(server.Engine.Check().Problems);
    }

    private static void CheckQuota(TestServer server, Scope scope)
    {
        var count = server.Catalog.Read(reader => reader.Number(
            "SELECT count(*) FROM snapshots WHERE account_id = @AccountId AND region = @Region", scope));
        Assert.Equal(count, server.Domain.Quotas.Find(QuotaName.Snapshots, scope).Used);
        Assert.Equal(count, server.Snapshots.List(new ListQuery { Limit = 0 }, scope).TotalCount);
    }

    // Every snapshot and every backup point is one name of its layer, and nothing else is.
    private static void CheckNames(TestServer server)
    {
        const string heldSql = "SELECT layer_id, name_count FROM layers WHERE name_count > 0 ORDER BY layer_id";
        const string namedSql =
            "SELECT layer_id, count(*) AS name_count FROM (SELECT layer_id FROM snapshots UNION ALL " +
            "SELECT layer_id FROM disk_backups) GROUP BY layer_id ORDER BY layer_id";
        var held = server.Catalog.Read(reader => reader.Query<Names>(heldSql));
        var named = server.Catalog.Read(reader => reader.Query<Names>(namedSql));
        Assert.Equal(
            named.Select(row => (row.LayerId, row.NameCount)), held.Select(row => (row.LayerId, row.NameCount)));
        foreach (var row in named)
            server.Engine.OpenView(row.LayerId).Dispose();
    }

    private static void CheckGroups(TestServer server)
    {
        var groups = server.Catalog.Read(reader => reader.Query<string>(
            "SELECT group_id FROM snapshot_groups ORDER BY group_id"));
        var named = server.Catalog.Read(reader => reader.Query<string>(
            "SELECT DISTINCT group_id FROM snapshots WHERE group_id <> '' ORDER BY group_id"));
        Assert.Equal(named, groups);
    }

    private static void CheckStates(TestServer server)
    {
        Assert.Equal(0, Count("disks"));
        Assert.Equal(0, Count("snapshots"));
        Assert.Equal(0, Count("snapshot_groups"));
        Assert.Equal(0, Count("disk_backups"));

        long Count(string table) => server.Catalog.Read(reader => reader.Number(
            $"SELECT count(*) FROM {table} WHERE state = @state", new { state = SnapshotState.RollingBack }));
    }

    private sealed class Names
    {
        public long LayerId { get; init; }

        public long NameCount { get; init; }
    }
}
