using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>
/// What writing costs on the device, what a disk takes there, how fast space comes back, and at whose cost.
/// </summary>
/// <param name="plan">What is measured.</param>
internal sealed class SpaceSection(BenchPlan plan) : Section(plan)
{
    private const double PerMillion = 1e6;

    private static readonly Workload Overwrite = new("4 KiB random write, depth 8", "randwrite", "4k", 8);

    /// <inheritdoc/>
    public override string Name => "space";

    private int AreaMiB => Plan.Choose(1024, 256);

    /// <inheritdoc/>
    protected override async Task MeasureAsync(Recorder recorder, NoiseProbe probe)
    {
        using (var product = new Product(Plan, "space"))
        {
            var emptyBytes = await DiskSpace.AllocatedBytesAsync(product.Folder);
            var disk = await product.CreateDiskAsync(1);
            await WriteOnceAsync(recorder, product, disk);
            await OverwriteSteadilyAsync(recorder, product, disk, emptyBytes);
        }

        await new SpaceReturned(Plan).RunAsync(recorder);
        await new BackgroundTail(Plan, probe).RunAsync(recorder);
    }

    /// <summary>Every block once: nothing dies, so nothing is left for background work.</summary>
    private async Task WriteOnceAsync(Recorder recorder, Product product, string disk)
    {
        var process = product.Process;
        var (written, cpu) = (process.WrittenBytes, process.CpuSeconds);
        var once = Overwrite with { IsEachBlockOnce = true };
        var result = await Fio.RunBytesAsync(product.UriOf(disk), once, AreaMiB, AreaMiB);
        recorder.Add(
            FigureKeys.WrittenOnce, "bytes written for each byte of the client, each block once at random, depth 8",
            (double)(process.WrittenBytes - written) / result.Bytes, "×");
        recorder.Add(
            "cpu.once", "server CPU without background work, depth 8",
            (process.CpuSeconds - cpu) * PerMillion / result.RequestCount, "s per million");
    }

    private async Task OverwriteSteadilyAsync(Recorder recorder, Product product, string disk, long emptyBytes)
    {
        var process = product.Process;
        var (written, cpu) = (process.WrittenBytes, process.CpuSeconds);
        var result = await Fio.RunAsync(product.UriOf(disk), Overwrite, AreaMiB, Plan.Choose(20, 4));
        recorder.Add(
            "cpu.steady", "server CPU with background work, depth 8",
            (process.CpuSeconds - cpu) * PerMillion / result.RequestCount, "s per million");
        recorder.Add("steady.iops", "steady random overwrite, depth 8", result.Iops, "IOPS");
        await RecordSpaceAsync(recorder, "space.at-end", "at the end of the load", product, emptyBytes);

        var waitSeconds = Plan.Choose(60, 10);
        await Task.Delay(TimeSpan.FromSeconds(waitSeconds));
        recorder.Add(FigureKeys.SpaceWaitSeconds, "rest after the load", waitSeconds, "s");
        await RecordSpaceAsync(recorder, FigureKeys.SpaceTaken, $"{waitSeconds} s later", product, emptyBytes);
        recorder.Add(
            FigureKeys.WrittenSteady, "bytes written for each byte of the client, steady random overwrite, with rest",
            (double)(process.WrittenBytes - written) / result.Bytes, "×");
    }

    private async Task RecordSpaceAsync(
        Recorder recorder, string key, string when, Product product, long emptyBytes)
    {
        var taken = await DiskSpace.AllocatedBytesAsync(product.Folder) - emptyBytes;
        recorder.Add(key, $"space taken for each byte held, {when}", (double)taken / ((long)AreaMiB << 20), "×");
    }
}
