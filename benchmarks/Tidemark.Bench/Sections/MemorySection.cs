using System.Globalization;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;
using Tidemark.Nbd;

namespace Tidemark.Bench.Sections;

/// <summary>How much memory the server takes: with a huge disk, and with many disks that each have a client.</summary>
/// <param name="plan">What is measured.</param>
internal sealed class MemorySection(BenchPlan plan) : Section(plan)
{
    private const double MiB = 1 << 20;
    private const int OptionMiB = 256;
    private const int BlockBytes = 4096;
    private const int ThreadsMax = 8;
    private const int LargeGiB = 16 * 1024;

    private static readonly Workload Scattered = new("scattered writes", "randwrite", "4k", 32);

    /// <inheritdoc/>
    public override string Name => "memory";

    private int DiskCount => Plan.Choose(200, 50);

    /// <inheritdoc/>
    protected override async Task MeasureAsync(Recorder recorder, NoiseProbe probe)
    {
        recorder.Add(FigureKeys.MemoryOption, "--memory", OptionMiB, "MiB");
        await LargeAsync(recorder);
        await ManyAsync(recorder);
    }

    private async Task LargeAsync(Recorder recorder)
    {
        using var product = Start("large");
        var disk = await product.CreateDiskAsync(LargeGiB);
        recorder.Add(FigureKeys.MemoryIdle, "idle, just started", product.Process.ResidentBytes / MiB, "MiB");
        var seconds = Plan.Choose(10, 2);
        await Fio.RunAsync(product.UriOf(disk), Scattered, LargeGiB * 1024, seconds);
        await product.SnapshotAsync(disk);
        await Fio.RunAsync(
            product.UriOf(disk), Scattered with { Pattern = "randread" }, LargeGiB * 1024, seconds);
        recorder.Add(
            FigureKeys.MemoryLarge, "peak, 16 TiB disk written and read all over",
            product.Process.PeakBytes / MiB, "MiB");
    }

    private async Task ManyAsync(Recorder recorder)
    {
        using var product = Start("many");
        var disks = new List<string>();
        for (var i = 0; i < DiskCount; i++)
            disks.Add(await product.CreateDiskAsync(1));
        var clients = new List<NbdClient>();
        foreach (var disk in disks)
            clients.Add(NbdClient.Connect(NbdUri.Parse(product.UriOf(disk))));
        for (var pass = 0; pass < Plan.Choose(20, 5); pass++)
            Parallel.ForEach(clients, new ParallelOptions { MaxDegreeOfParallelism = ThreadsMax }, Use);
        recorder.Add(FigureKeys.MemoryDisks, "disks at once, a client each", DiskCount, "");
        recorder.Add(
            FigureKeys.MemoryMany, $"peak, {DiskCount} disks with a client each",
            product.Process.PeakBytes / MiB, "MiB");
        recorder.Add(
            "memory.disks.anonymous", "of it neither files nor shared memory, at the end",
            product.Process.AnonymousBytes / MiB, "MiB");
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>Writes and reads some blocks all over the disk; the client stays connected.</summary>
    private static void Use(NbdClient client)
    {
        var block = new byte[BlockBytes];
        var random = new Random(1);
        for (var i = 0; i < 100; i++)
        {
            var offset = random.NextInt64(client.SizeBytes / BlockBytes) * BlockBytes;
            client.Write(offset, block);
            client.Read(offset, block);
        }
    }

    private Product Start(string name) =>
        new(Plan, name, "--memory", string.Create(CultureInfo.InvariantCulture, $"{OptionMiB}MiB"));
}
