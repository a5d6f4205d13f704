using System.Diagnostics;
using Tidemark.Client;

namespace Tidemark.Program.Tests;

/// <summary>
/// How many snapshots a server takes in a second, asked over HTTP by clients at the same time; the figures are printed.
/// </summary>
public sealed class SnapshotRateTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int DiskCount = 100;
    private const int SnapshotsPerDisk = 20;

    private readonly RunningServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(8)]
    [InlineData(100)]
    public async Task Snapshots_of_many_disks_are_taken_at_the_same_time(int clientCount)
    {
        using var client = _server.OpenClient();
        var diskIds = new List<string>();
        for (var number = 0; number < DiskCount; number++)
        {
            diskIds.Add(await client.Disks.CreateAsync(
                $"disk-{number}", 1, null, "local-1", TestContext.Current.CancellationToken));
            _server.Write(diskIds[^1], 0, 1, 65536);
        }

        var (snapshotIds, elapsed) = await TakeAsync(client, diskIds, clientCount);
        var rate = snapshotIds.Count / elapsed.TotalSeconds;
        output.WriteLine(
            $"{clientCount} clients took {snapshotIds.Count} snapshots of {DiskCount} disks in " +
            $"{elapsed.TotalSeconds:0.0} s: {rate:0} a second.");
        var listed = await client.Snapshots.ListAsync(null, null, TestContext.Current.CancellationToken);

        Assert.Equal(DiskCount * SnapshotsPerDisk, snapshotIds.Distinct().Count());
        Assert.Equal(snapshotIds.Order(), listed.Select(snapshot => snapshot.Id).Order());
    }

    private static async Task<(List<string> SnapshotIds, TimeSpan Elapsed)> TakeAsync(
        TidemarkClient client, List<string> diskIds, int clientCount)
    {
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        var taken = await Task.WhenAll(Enumerable.Range(0, clientCount).Select(_ => Task.Run(async () =>
        {
            var ids = new List<string>();
            for (var number = Interlocked.Increment(ref next);
                number < diskIds.Count * SnapshotsPerDisk;
                number = Interlocked.Increment(ref next))
            {
                ids.Add(await client.Snapshots.CreateAsync(
                    diskIds[number % diskIds.Count], null, [], TestContext.Current.CancellationToken));
            }

            return ids;
        })));
        return ([.. taken.SelectMany(ids => ids)], Stopwatch.GetElapsedTime(start));
    }
}
