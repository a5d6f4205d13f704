using System.Diagnostics;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>nbdcopy of a whole disk, out and in.</summary>
/// <param name="plan">What is measured.</param>
internal sealed class CopyTimings(BenchPlan plan)
{
    /// <summary>Copies in turns.</summary>
    public async Task RunAsync(Recorder recorder, Product product, string disk, PeerFiles files)
    {
        using var servers = new ServerSet(new ProductDisk(product, disk), files.Raw(), files.Nbdkit());
        var source = Path.Combine(plan.WorkFolder, "source.raw");
        await CommandRun.OutputAsync("cp", Path.Combine(plan.WorkFolder, "peer.raw"), source);
        await RunAsync(recorder, servers, "out", server => [server.Uri, "null:"]);
        await RunAsync(recorder, servers, "in", server => [source, server.Uri]);
        File.Delete(source);
    }

    private async Task RunAsync(
        Recorder recorder, ServerSet servers, string direction, Func<IBlockServer, IReadOnlyList<string>> arguments)
    {
        var times = servers.All.ToDictionary(server => server.Key, _ => new List<double>());
        for (var round = 0; round < plan.RoundCount; round++)
        {
            foreach (var server in servers.All)
            {
                await PageCache.SyncAsync();
                var started = Stopwatch.GetTimestamp();
                await CommandRun.OutputAsync("nbdcopy", arguments(server));
                times[server.Key].Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        foreach (var (key, seconds) in times)
        {
            recorder.Add(
                $"nbdcopy.{direction}.{key}", $"nbdcopy {direction}, {ServerTitles.Of(key)}",
                plan.AreaMiB / Quantile.Median(seconds), "MiB/s");
        }
    }
}
