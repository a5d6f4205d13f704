using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>A thousand snapshots of one disk, each with some writes in it, beside a disk that has none.</summary>
/// <param name="plan">What is measured.</param>
/// <param name="product">The server.</param>
/// <param name="probe">The machine's noise.</param>
internal sealed class ManySnapshots(BenchPlan plan, Product product, NoiseProbe probe)
{
    private const int DeleteBatch = 50;

    private static readonly Workload Load = new("load", "randwrite", "4k", 1) { RateIops = 2000 };

    private readonly List<double> _createMs = [];
    private readonly List<double> _counts = [];
    private readonly List<Latency> _writes = [];

    private int AreaMiB => plan.Choose(512, 128);

    private int Bin => plan.Choose(50, 10);

    /// <summary>Takes them, compares, lists and deletes them.</summary>
    public async Task RunAsync(Recorder recorder)
    {
        var disk = await product.CreateDiskAsync(1);
        var control = await product.CreateDiskAsync(1);
        foreach (var each in new[] { disk, control })
        {
            await Fio.FillAsync(product.UriOf(each), AreaMiB);
            await Fio.OverwriteAsync(product.UriOf(each), AreaMiB, times: 0.5);
        }

        foreach (var count in plan.Choose<int[]>([0, 10, 30, 100, 300, 600, 1000], [0, 10, 100]))
            await GrowAsync(disk, count);
        RecordCreation(recorder);
        await CompareAsync(recorder, disk, control);
        await ListAsync(recorder, disk);
        await DeleteAsync(recorder, disk);
        await product.RemoveDiskAsync(disk);
        await product.RemoveDiskAsync(control);
    }

    private async Task GrowAsync(string disk, int count)
    {
        if (_createMs.Count < count)
        {
            await using var load = Fio.StartLoad([product.UriOf(disk)], Load, AreaMiB);
            await Task.Delay(TimeSpan.FromSeconds(0.5));
            while (_createMs.Count < count)
                _createMs.Add(await Timing.MsAsync(() => product.SnapshotAsync(disk)));
        }

        var result = await Fio.RunAsync(product.UriOf(disk), Workloads.WriteOne, AreaMiB, Math.Max(0.5, plan.Seconds));
        _counts.Add(count);
        _writes.Add(result.Latency);
    }

    private void RecordCreation(Recorder recorder)
    {
        var bins = _createMs.Chunk(Bin).ToList();
        List<double> ends = [.. bins.Select((_, index) => (double)Math.Min((index + 1) * Bin, _createMs.Count))];
        recorder.Add(FigureKeys.SnapshotCount, "snapshots taken of one disk", _createMs.Count, "");
        recorder.Add(
            "create.first.p50", $"snapshot create, the first {Bin}, p50", Quantile.Median(bins[0]), "ms");
        recorder.Add("create.last.p50", $"snapshot create, the last {Bin}, p50", Quantile.Median(bins[^1]), "ms");
        recorder.Add(
            FigureKeys.CreateLastRatio, $"snapshot create, last {Bin} / first {Bin}, p50",
            Quantile.Median(bins[^1]) / Quantile.Median(bins[0]), "×");
        recorder.Add(new Series(FigureKeys.CreateP50Series, ends, [.. bins.Select(bin => Quantile.Median(bin))]));
        recorder.Add(new Series(FigureKeys.CreateP99Series, ends, [.. bins.Select(bin => Quantile.Of(bin, 0.99))]));
        recorder.Add(new Series(FigureKeys.WriteP50Series, _counts, [.. _writes.Select(one => one.P50)]));
        recorder.Add(new Series(FigureKeys.WriteP99Series, _counts, [.. _writes.Select(one => one.P99)]));
    }

    private async Task CompareAsync(Recorder recorder, string disk, string control)
    {
        using var servers = new ServerSet(
            new ProductDisk(product, disk) { Key = ServerTitles.WithSnapshots },
            new ProductDisk(product, control) { Key = ServerTitles.WithoutSnapshots });
        var runner = new RoundRunner(plan, probe) { AreaMiB = AreaMiB };
        foreach (var work in new[] { Workloads.WriteOne, Workloads.WriteMany, Workloads.ReadMany })
            recorder.Add(await runner.RunAsync(Settings.ManySnapshots, work, servers.All));
    }

    private async Task ListAsync(Recorder recorder, string disk)
    {
        var times = new List<double>();
        for (var i = 0; i < plan.RoundCount; i++)
            times.Add(await Timing.MsAsync(() => product.Client.Snapshots.ListAsync("disk-id", disk, default)));
        recorder.Add("list", $"list of {_createMs.Count} snapshots, in pages of 100", Quantile.Median(times), "ms");
    }

    private async Task DeleteAsync(Recorder recorder, string disk)
    {
        var snapshots = await product.Client.Snapshots.ListAsync("disk-id", disk, default);
        var one = new List<double>();
        foreach (var snapshot in snapshots.Take(plan.Choose(50, 10)))
            one.Add(await Timing.MsAsync(() => product.Client.Snapshots.DeleteAsync([snapshot.Id], default)));
        recorder.Add("delete.p50", $"snapshot delete, p50 of {one.Count}", Quantile.Median(one), "ms");
        recorder.Add("delete.p99", "snapshot delete, p99", Quantile.Of(one, 0.99), "ms");
        var rest = snapshots.Skip(one.Count).Select(snapshot => snapshot.Id).ToList();
        var all = await Timing.MsAsync(async () =>
        {
            foreach (var batch in rest.Chunk(DeleteBatch))
                await product.Client.Snapshots.DeleteAsync(batch, default);
        });
        recorder.Add("delete.rest", $"delete of the other {rest.Count}, {DeleteBatch} a call", all, "ms");
    }
}
