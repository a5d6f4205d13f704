using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>
/// One disk's requests while the space of another disk's deleted snapshots is given back, beside a quiet time; in
/// turns.
/// </summary>
/// <param name="plan">What is measured.</param>
/// <param name="probe">The machine's noise.</param>
internal sealed class BackgroundTail(BenchPlan plan, NoiseProbe probe)
{
    private const int SnapshotCount = 4;
    private const string Idle = "idle";
    private const string Busy = "busy";

    private int AreaMiB => plan.Choose(256, 64);

    /// <summary>Measures.</summary>
    public async Task RunAsync(Recorder recorder)
    {
        using var product = new Product(plan, "background");
        var foreground = await product.CreateDiskAsync(1);
        var littered = await product.CreateDiskAsync(1);
        foreach (var disk in new[] { foreground, littered })
            await Fio.FillAsync(product.UriOf(disk), AreaMiB);
        using var server = new ProductDisk(product, foreground);
        var runner = new RoundRunner(plan, probe) { AreaMiB = AreaMiB };

        var rounds = new List<Round>();
        for (var i = 0; i < plan.RoundCount; i++)
        {
            var snapshots = await LitterAsync(product, littered);
            await Quiet.WaitAsync(product.Process);
            var noise = probe.Measure();
            var idle = await runner.MeasureAsync(Workloads.WriteOne, server);
            await product.Client.Snapshots.DeleteAsync(snapshots, default);
            var busy = await runner.MeasureAsync(Workloads.WriteOne, server);
            rounds.Add(new Round(noise, new Dictionary<string, Measurement> { [Idle] = idle, [Busy] = busy }));
        }

        var all = new Rounds(Settings.Background, Workloads.WriteOne.Name, rounds, 0);
        recorder.Add(all);
        recorder.Add(
            FigureKeys.BackgroundP99Ratio, "p99 of writes while space is given back / idle",
            all.Ratio(Busy, Idle, one => one.Latency.P99).Median, "×");
    }

    private async Task<List<string>> LitterAsync(Product product, string disk)
    {
        var snapshots = new List<string>();
        for (var i = 0; i < SnapshotCount; i++)
        {
            snapshots.Add(await product.SnapshotAsync(disk));
            await Fio.OverwriteAsync(product.UriOf(disk), AreaMiB, times: 0.5);
        }

        return snapshots;
    }
}
