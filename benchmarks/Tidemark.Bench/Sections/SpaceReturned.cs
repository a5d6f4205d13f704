using System.Diagnostics;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>
/// How fast space comes back after the deletion of a snapshot whose blocks were all overwritten since.
/// </summary>
/// <param name="plan">What is measured.</param>
internal sealed class SpaceReturned(BenchPlan plan)
{
    private const double EnoughShare = 0.95;
    private const double BytesPerGiB = 1L << 30;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private int AreaMiB => plan.Choose(1024, 128);

    /// <summary>Measures dead bytes in long runs, then scattered ones.</summary>
    public async Task RunAsync(Recorder recorder)
    {
        using var product = new Product(plan, "returned");
        var disk = await product.CreateDiskAsync(1);
        var uri = product.UriOf(disk);
        await Fio.FillAsync(uri, AreaMiB);
        var runs = await MeasureAsync(product, disk, () => Fio.FillAsync(uri, AreaMiB));
        recorder.Add(
            FigureKeys.BackSecondsPerGiB, "95 % of dead bytes in long runs back, for each GiB",
            runs.SecondsPerGiB, "s");
        recorder.Add("back.runs.share", "share of dead bytes in long runs that came back", runs.Share, "");

        var once = new Workload("overwrite", "randwrite", "4k", 32) { IsEachBlockOnce = true };
        var scattered = await MeasureAsync(
            product, disk, () => Fio.RunBytesAsync(uri, once, AreaMiB, AreaMiB / 2));
        recorder.Add(
            FigureKeys.BackShare, $"share of scattered dead bytes back within {plan.Choose(60, 10)} s",
            scattered.Share, "");
        recorder.Add(FigureKeys.BackCores, "processors that giving back took meanwhile", scattered.Cores, "");
        recorder.Add(new Series(FigureKeys.ReturnedSeries, scattered.Seconds, scattered.Shares));
    }

    private async Task<SpaceCurve> MeasureAsync(Product product, string disk, Func<Task> overwrite)
    {
        var snapshot = await product.SnapshotAsync(disk);
        await Quiet.WaitAsync(product.Process);
        var before = await DiskSpace.AllocatedBytesAsync(product.Folder);
        await overwrite();
        await Quiet.WaitAsync(product.Process);
        var deadBytes = await DiskSpace.AllocatedBytesAsync(product.Folder) - before;

        var curve = new SpaceCurve(deadBytes / BytesPerGiB, EnoughShare);
        var cpu = product.Process.CpuSeconds;
        var started = Stopwatch.GetTimestamp();
        await product.Client.Snapshots.DeleteAsync([snapshot], default);
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < plan.Choose(60, 10) && !curve.IsEnough)
        {
            var taken = await DiskSpace.AllocatedBytesAsync(product.Folder) - before;
            curve.Add(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                1 - ((double)taken / Math.Max(1, deadBytes)),
                product.Process.CpuSeconds - cpu);
            await Task.Delay(Tick);
        }

        return curve;
    }
}
