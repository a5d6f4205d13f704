using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>
/// Snapshots of a small and of a large disk in turns, both under random writes; from the call of the API to its answer.
/// </summary>
/// <param name="plan">What is measured.</param>
/// <param name="product">The server.</param>
/// <param name="probe">What a durable append takes at the same time.</param>
internal sealed class CreateLatency(BenchPlan plan, Product product, NoiseProbe probe)
{
    private const int SmallGiB = 1;
    private const int LargeGiB = 16 * 1024;

    private static readonly Workload Load = new("load", "randwrite", "4k", 8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    /// <summary>Takes the snapshots.</summary>
    public async Task RunAsync(Recorder recorder)
    {
        var areaMiB = plan.Choose(512, 128);
        var small = await product.CreateDiskAsync(SmallGiB);
        var large = await product.CreateDiskAsync(LargeGiB);
        foreach (var disk in new[] { small, large })
        {
            await Fio.FillAsync(product.UriOf(disk), areaMiB);
            await product.SnapshotAsync(disk);
        }

        var smallMs = new List<double>();
        var largeMs = new List<double>();
        var probeMs = new List<double>();
        await using (var load = Fio.StartLoad([product.UriOf(small), product.UriOf(large)], Load, areaMiB))
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            for (var i = 0; i < plan.Choose(100, 20) && load.IsRunning; i++)
            {
                smallMs.Add(await Timing.MsAsync(() => product.SnapshotAsync(small)));
                probeMs.Add(probe.SyncMs());
                await Task.Delay(Pause);
                largeMs.Add(await Timing.MsAsync(() => product.SnapshotAsync(large)));
                probeMs.Add(probe.SyncMs());
                await Task.Delay(Pause);
            }
        }

        Record(recorder, smallMs, largeMs, probeMs);
        await product.RemoveDiskAsync(small);
        await product.RemoveDiskAsync(large);
    }

    private static void Record(Recorder recorder, List<double> smallMs, List<double> largeMs, List<double> probeMs)
    {
        List<double> all = [.. smallMs, .. largeMs];
        recorder.Add(
            FigureKeys.CreateP50, $"snapshot create under load, p50 of {all.Count}", Quantile.Median(all), "ms");
        recorder.Add(FigureKeys.CreateP99, "snapshot create under load, p99", Quantile.Of(all, 0.99), "ms");
        recorder.Add("create.probe.p50", "append + fdatasync in the same load, p50", Quantile.Median(probeMs), "ms");
        recorder.Add(FigureKeys.ProbeP99, "append + fdatasync in the same load, p99", Quantile.Of(probeMs, 0.99), "ms");
        recorder.Add("create.1gib.p50", "snapshot create, 1 GiB disk, p50", Quantile.Median(smallMs), "ms");
        recorder.Add("create.16tib.p50", "snapshot create, 16 TiB disk, p50", Quantile.Median(largeMs), "ms");
        recorder.Add(
            FigureKeys.CreateLargeRatio, "snapshot create, 16 TiB / 1 GiB, p50",
            Quantile.Median(largeMs) / Quantile.Median(smallMs), "×");
    }
}
