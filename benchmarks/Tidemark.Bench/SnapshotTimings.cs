using System.Diagnostics;
using Tidemark.Client;

namespace Tidemark.Bench;

/// <summary>
/// How long a snapshot takes, from the call of the API to its answer, while the disk is written at random.
/// </summary>
/// <param name="plan">What is measured.</param>
internal sealed class SnapshotTimings(BenchPlan plan)
{
    private const int ProbeBytes = 4096;
    private const int SecondsMax = 600;

    private static readonly Workload Load = new("load", "randwrite", "4k", 8);

    /// <summary>Fills a disk, loads it, takes the snapshots one after the other.</summary>
    public async Task<SnapshotRow> RunAsync()
    {
        using var product = new Product(plan, "snapshots");
        var disk = await product.CreateDiskAsync(plan.SnapshotDiskGiB);
        await Fio.FillAsync(product.UriOf(disk), plan.SnapshotDataMiB);

        // A first call compiles the path; it is not what is measured.
        await TakeAsync(product.Client, disk);
        var seconds = Math.Min(SecondsMax, 5 + (plan.SnapshotCount / 5));
        var load = Fio.RunAsync(product.UriOf(disk), Load, plan.SnapshotDataMiB, seconds);
        var (times, probes) = await TakeAllAsync(product.Client, disk, load);
        var result = await load;

        var quarter = times.Count / 4;
        return new SnapshotRow(
            times.Count, plan.SnapshotDiskGiB, plan.SnapshotDataMiB, result.Iops,
            Quantile.Median(times), Quantile.Of(times, 0.99),
            Quantile.Median(times.Take(quarter)), Quantile.Median(times.TakeLast(quarter)),
            Quantile.Of(probes, 0.99));
    }

    private async Task<(List<double> Times, List<double> Probes)> TakeAllAsync(
        TidemarkClient client, string disk, Task load)
    {
        var times = new List<double>();
        var probes = new List<double>();
        await using var probe = File.Create(Path.Combine(plan.WorkFolder, "probe"));
        await Task.Delay(TimeSpan.FromSeconds(2));
        while (times.Count < plan.SnapshotCount && !load.IsCompleted)
        {
            times.Add(await TakeAsync(client, disk));
            var started = Stopwatch.GetTimestamp();
            probe.Write(new byte[ProbeBytes]);
            probe.Flush(flushToDisk: true);
            probes.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return (times, probes);
    }

    private static async Task<double> TakeAsync(TidemarkClient client, string disk)
    {
        var started = Stopwatch.GetTimestamp();
        await client.Snapshots.CreateAsync(disk, "bench", [], CancellationToken.None);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
