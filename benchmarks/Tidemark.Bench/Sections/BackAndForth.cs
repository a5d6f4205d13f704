using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>Rollbacks and clones of a small and a large disk.</summary>
/// <param name="plan">What is measured.</param>
/// <param name="product">The server.</param>
/// <param name="probe">What a durable append takes: a catalog commit is one.</param>
internal sealed class BackAndForth(BenchPlan plan, Product product, NoiseProbe probe)
{
    private const int SmallGiB = 1;
    private const int LargeGiB = 16 * 1024;
    private const int AreaMiB = 128;

    /// <summary>Measures both sizes.</summary>
    public async Task RunAsync(Recorder recorder)
    {
        await MeasureAsync(recorder, SmallGiB, FigureKeys.RollbackSmall, FigureKeys.CloneSmall);
        await MeasureAsync(recorder, LargeGiB, FigureKeys.RollbackLarge, FigureKeys.CloneLarge);
        var commits = Enumerable.Range(0, 30).Select(_ => probe.SyncMs());
        recorder.Add(FigureKeys.CommitMs, "append + fdatasync beside it, p50", Quantile.Median(commits), "ms");
    }

    private async Task MeasureAsync(Recorder recorder, int sizeGiB, string rollbackKey, string cloneKey)
    {
        var disk = await product.CreateDiskAsync(sizeGiB);
        await Fio.FillAsync(product.UriOf(disk), AreaMiB);
        var snapshot = await product.SnapshotAsync(disk);
        var rollbacks = new List<double>();
        var clones = new List<double>();
        for (var round = 0; round < plan.RoundCount; round++)
        {
            await Fio.OverwriteAsync(product.UriOf(disk), AreaMiB, times: 0.1);
            rollbacks.Add(await Timing.MsAsync(async () =>
            {
                await product.Client.Disks.ApplySnapshotAsync(disk, snapshot, force: true, default);
                await product.Client.Disks.WaitUntilRestingAsync(disk, default);
            }));
            var clone = "";
            clones.Add(await Timing.MsAsync(async () => clone = await product.CreateDiskAsync(sizeGiB, snapshot)));
            await product.RemoveDiskAsync(clone);
        }

        var size = sizeGiB == SmallGiB ? "1 GiB" : "16 TiB";
        recorder.Add(rollbackKey, $"rollback, {size}, until the disk rests", Quantile.Median(rollbacks), "ms");
        recorder.Add(cloneKey, $"clone, {size}, until the disk rests", Quantile.Median(clones), "ms");
        await product.RemoveDiskAsync(disk);
    }
}
