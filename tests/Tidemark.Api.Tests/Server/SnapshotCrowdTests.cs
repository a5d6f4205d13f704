using System.Collections.Concurrent;
using System.Text.Json;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Quotas;

namespace Tidemark.Api.Tests.Server;

/// <summary>Many clients at once: no id is lost or given twice, and the quota is never exceeded.</summary>
public sealed class SnapshotCrowdTests
{
    private const int ClientCount = 100;
    private const int RoundCount = 6;
    private const int DiskCount = 10;
    private const int QuotaMax = 150;

    [Fact]
    public async Task A_hundred_clients_create_delete_and_describe()
    {
        await using var server = await RunningServer.StartAsync(
            change: options => options with { SnapshotQuotaBase = QuotaMax, SnapshotQuotaPerDisk = 0 });
        var diskIds = new List<string>();
        for (var number = 0; number < DiskCount; number++)
            diskIds.Add(await server.NewDiskAsync());
        var created = new ConcurrentBag<string>();
        var deleted = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, ClientCount).Select(
            client => Task.Run(() => RunClientAsync(server, diskIds, client, created, deleted))));

        var present = await ListAllAsync(server);
        Assert.Equal(created.Count, created.Distinct().Count());
        Assert.Equal(created.Except(deleted).Order(), present.Order());
        var home = new Scope(Scope.FirstAccountId, "local");
        Assert.Equal(server.Domain.Quotas.Find(QuotaName.Snapshots, home).Used, present.Count);
        Assert.Empty(server.Log.Errors);
        Assert.Empty(server.Engine.Check().Problems);
    }

    // Keeps one snapshot in two; a full quota is the only refusal.
    private static async Task RunClientAsync(
        RunningServer server,
        List<string> diskIds,
        int client,
        ConcurrentBag<string> created,
        ConcurrentBag<string> deleted)
    {
        for (var round = 0; round < RoundCount; round++)
        {
            var diskId = diskIds[(client + round) % DiskCount];
            var answer = await CallAsync(server, "CreateSnapshot", $$"""{"DiskId":"{{diskId}}"}""");
            if (answer.TryGetProperty("Error", out var error))
            {
                Assert.Equal("InsufficientSnapshotQuota", error.GetProperty("Code").GetString());
                continue;
            }

            var snapshotId = answer.GetProperty("SnapshotId").GetString()!;
            created.Add(snapshotId);
            var page = await server.CallAsync("DescribeSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
            Assert.Equal(1, page.GetProperty("TotalCount").GetInt32());
            var all = await server.CallAsync("DescribeSnapshots", """{"Limit":1}""");
            Assert.InRange(all.GetProperty("TotalCount").GetInt32(), 0, QuotaMax);
            if (round % 2 == 0)
                continue;
            await server.CallAsync("DeleteSnapshots", $$"""{"SnapshotIds":["{{snapshotId}}"]}""");
            deleted.Add(snapshotId);
        }
    }

    private static async Task<JsonElement> CallAsync(RunningServer server, string action, string body)
    {
        using var document = JsonDocument.Parse(await server.SendAsync(action, body));
        return document.RootElement.GetProperty("Response").Clone();
    }

    private static async Task<List<string>> ListAllAsync(RunningServer server)
    {
        var ids = new List<string>();
        for (var total = 1; ids.Count < total;)
        {
            var page = await server.CallAsync("DescribeSnapshots", $$"""{"Limit":100,"Offset":{{ids.Count}}}""");
            total = page.GetProperty("TotalCount").GetInt32();
            ids.AddRange(page.GetProperty("SnapshotSet").EnumerateArray()
                .Select(snapshot => snapshot.GetProperty("SnapshotId").GetString()!));
            if (total == 0)
                break;
        }

        return ids;
    }
}
