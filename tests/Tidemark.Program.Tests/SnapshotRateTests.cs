using System.Diagnostics;
using Tidemark.Client;
using Tidemark.Hosting;
using Tidemark.Nbd;

namespace Tidemark.Program.Tests;

/// <summary>
/// How many snapshots a server takes in a second, asked over HTTP by clients at the same time; the figures are printed.
/// </summary>
public sealed class SnapshotRateTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int DiskCount = 100;
    private const int SnapshotsPerDisk = 10;

    private readonly RunningServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(8, false)]
    [InlineData(8, true)]
    [InlineData(100, true)]
    public async Task Snapshots_of_many_disks_are_taken_at_the_same_time(int clientCount, bool writes)
    {
        using var client = _server.OpenClient();
        var disks = new List<(string Id, NbdClient Device)>();
        for (var number = 0; number < DiskCount; number++)
        {
            var id = await client.Disks.CreateAsync(
                $"disk-{number}", 1, null, Defaults.Zone, TestContext.Current.CancellationToken);
            disks.Add((id, _server.Connect(id)));
        }

        var start = Stopwatch.GetTimestamp();
        var snapshotIds = await TakeAsync(client, disks, clientCount, writes);
        var elapsed = Stopwatch.GetElapsedTime(start);
        output.WriteLine(
            $"{clientCount} clients took {snapshotIds.Count} snapshots of {DiskCount} disks" +
            $"{(writes ? ", each written to before," : "")} in {elapsed.TotalSeconds:0.0} s: " +
            $"{snapshotIds.Count / elapsed.TotalSeconds:0} a second.");
        disks.ForEach(disk => disk.Device.Dispose());
        var listed = await client.Snapshots.ListAsync(null, null, TestContext.Current.CancellationToken);

        Assert.Equal(DiskCount * SnapshotsPerDisk, snapshotIds.Distinct().Count());
        Assert.Equal(snapshotIds.Order(), listed.Select(snapshot => snapshot.Id).Order());
    }

    private static async Task<List<string>> TakeAsync(
        TidemarkClient client, List<(string Id, NbdClient Device)> disks, int clientCount, bool writes)
    {
        var block = new byte[4096];
        var next = -1;
        var taken = await Task.WhenAll(Enumerable.Range(0, clientCount).Select(_ => Task.Run(async () =>
        {
            var ids = new List<string>();
            for (var number = Interlocked.Increment(ref next);
                number < disks.Count * SnapshotsPerDisk;
                number = Interlocked.Increment(ref next))
            {
                var (id, device) = disks[number % disks.Count];
                if (writes)
                {
                    lock (device)
                        device.Write(number / disks.Count * 65536L, block);
                }

                ids.Add(await client.Snapshots.CreateAsync(
                    id, null, [], TestContext.Current.CancellationToken));
            }

            return ids;
        })));
        return [.. taken.SelectMany(ids => ids)];
    }
}
