using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>
/// The longest write while snapshots are taken, beside the longest under the same load without; in turns.
/// </summary>
/// <param name="plan">What is measured.</param>
/// <param name="product">The server.</param>
internal sealed class CutStalls(BenchPlan plan, Product product)
{
    private const int GroupSize = 8;
    private const int AreaMiB = 64;

    private static readonly Workload OneDisk = new("load", "randwrite", "4k", 1) { RateIops = 2000 };
    private static readonly Workload Group = new("load", "randwrite", "4k", 1) { RateIops = 250 };
    private static readonly TimeSpan BetweenCuts = TimeSpan.FromMilliseconds(250);

    /// <summary>Measures one disk, then eight at once.</summary>
    public async Task RunAsync(Recorder recorder)
    {
        var disks = new List<string>();
        for (var i = 0; i < GroupSize; i++)
        {
            disks.Add(await product.CreateDiskAsync(1));
            await Fio.FillAsync(product.UriOf(disks[^1]), AreaMiB);
        }

        await MeasureAsync(recorder, FigureKeys.StallOne, "cut of one disk", [disks[0]], OneDisk);
        await MeasureAsync(recorder, FigureKeys.StallGroup, "eight cuts at once", disks, Group);
        recorder.Note("The group cut is eight concurrent CreateSnapshot calls: the API has no action for a group.");
        foreach (var disk in disks)
            await product.RemoveDiskAsync(disk);
    }

    private async Task MeasureAsync(
        Recorder recorder, string key, string title, IReadOnlyList<string> disks, Workload load)
    {
        var without = new List<double>();
        var with = new List<double>();
        for (var round = 0; round < plan.RoundCount; round++)
        {
            without.Add(await LongestAsync(disks, load));
            var run = LongestAsync(disks, load);
            while (!run.IsCompleted)
            {
                await Task.WhenAll(disks.Select(product.SnapshotAsync));
                await Task.WhenAny(run, Task.Delay(BetweenCuts));
            }

            with.Add(await run);
        }

        var longestWith = Quantile.Median(with) / 1000;
        var longestWithout = Quantile.Median(without) / 1000;
        recorder.Add($"{key}.without", $"longest write without cuts ({title})", longestWithout, "ms");
        recorder.Add($"{key}.with", $"longest write with cuts ({title})", longestWith, "ms");
        recorder.Add(key, $"longest write stall, {title}", longestWith - longestWithout, "ms");
    }

    // A fio for each disk: one with several NBD jobs of limited rate does not always end.
    private async Task<double> LongestAsync(IReadOnlyList<string> disks, Workload load)
    {
        var results = await Task.WhenAll(disks.Select(disk =>
            Fio.RunAsync(product.UriOf(disk), load, AreaMiB, Math.Max(1, plan.Seconds))));
        return results.Max(result => result.Latency.Longest);
    }
}
