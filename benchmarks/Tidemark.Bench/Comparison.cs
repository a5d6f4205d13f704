namespace Tidemark.Bench;

/// <summary>Product and peer side by side: both run all the time, and take turns in being worked on.</summary>
/// <param name="plan">What is measured.</param>
internal sealed class Comparison(BenchPlan plan)
{
    /// <summary>Measures every workload in pairs.</summary>
    public async Task<IReadOnlyList<ComparisonRow>> RunAsync()
    {
        using var product = new Product(plan, "tidemark");
        using var peer = Peer.StartQemu(plan);
        var disk = await product.CreateDiskAsync(Math.Max(1, plan.WorkingSetMiB / 1024));
        await Fio.FillAsync(product.UriOf(disk), plan.WorkingSetMiB);
        await Fio.FillAsync(peer.Uri, plan.WorkingSetMiB);

        var rows = new List<ComparisonRow>();
        foreach (var work in plan.Workloads)
        {
            var ours = new List<Measurement>();
            var theirs = new List<Measurement>();
            for (var pair = 0; pair < plan.PairCount; pair++)
            {
                ours.Add(await MeasureAsync(work, product.UriOf(disk), product.Process));
                theirs.Add(await MeasureAsync(work, peer.Uri, peer.Process));
            }

            rows.Add(Row(work, ours, theirs));
            Console.Error.WriteLine($"{work.Name}: {rows[^1].IopsRatio:0.00} x");
        }

        return rows;
    }

    private async Task<Measurement> MeasureAsync(Workload work, string uri, ServerProcess server)
    {
        var cpuBefore = server.CpuSeconds;
        var result = await Fio.RunAsync(uri, work, plan.WorkingSetMiB, plan.Seconds);
        // The warm-up's second is in the processor time and not in the count, for both alike.
        var cpuSeconds = (server.CpuSeconds - cpuBefore) * plan.Seconds / (plan.Seconds + 1);
        return new Measurement(
            result.Iops, cpuSeconds * 1e6 / Math.Max(1, result.RequestCount), result.LatencyP99Microseconds);
    }

    private static ComparisonRow Row(Workload work, List<Measurement> ours, List<Measurement> theirs) => new(
        work.Name,
        Median(ours),
        Median(theirs),
        Quantile.Median(ours.Zip(theirs, (our, their) => our.Iops / their.Iops)),
        Quantile.Median(ours.Zip(theirs, (our, their) =>
            our.ServerCpuMicroseconds / Math.Max(0.01, their.ServerCpuMicroseconds))));

    private static Measurement Median(List<Measurement> all) => new(
        Quantile.Median(all.Select(one => one.Iops)),
        Quantile.Median(all.Select(one => one.ServerCpuMicroseconds)),
        Quantile.Median(all.Select(one => one.LatencyP99Microseconds)));
}
