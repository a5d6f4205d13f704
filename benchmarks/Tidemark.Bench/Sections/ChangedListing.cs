using System.Globalization;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>What changed between two snapshots of a disk of 1 TiB, all pages of the listing.</summary>
/// <param name="plan">What is measured.</param>
/// <param name="product">The server.</param>
internal sealed class ChangedListing(BenchPlan plan, Product product)
{
    private const int DiskGiB = 1024;
    private const int AreaMiB = DiskGiB * 1024;

    /// <summary>Measures changes in runs of 64 KiB, then changes of single blocks.</summary>
    public async Task RunAsync(Recorder recorder)
    {
        var disk = await product.CreateDiskAsync(DiskGiB);
        await Fio.FillAsync(product.UriOf(disk), plan.Choose(512, 64));
        await MeasureAsync(recorder, disk, FigureKeys.DiffRuns, "64k");
        await MeasureAsync(recorder, disk, FigureKeys.DiffScattered, "4k");
        await product.RemoveDiskAsync(disk);
    }

    private async Task MeasureAsync(Recorder recorder, string disk, string key, string blockSize)
    {
        var changedMiB = plan.Choose(1024, 64);
        var before = await product.SnapshotAsync(disk);
        await Fio.RunBytesAsync(
            product.UriOf(disk), new Workload("changes", "randwrite", blockSize, 8), AreaMiB, changedMiB);
        var after = await product.SnapshotAsync(disk);
        var times = new List<double>();
        var extents = 0L;
        for (var round = 0; round < plan.RoundCount; round++)
            times.Add(await Timing.MsAsync(async () => extents = await ListAsync(before, after)));
        var count = extents.ToString("N0", CultureInfo.InvariantCulture);
        recorder.Add(
            key, $"changes of a 1 TiB disk, {changedMiB} MiB changed by {blockSize}: {count} extents",
            Quantile.Median(times), "ms");
    }

    private async Task<long> ListAsync(string before, string after)
    {
        var extents = 0L;
        await foreach (var page in product.Client.Snapshots.ChangedAsync(before, after, default))
            extents += page.ChangedBlockSet.Count;
        return extents;
    }
}
