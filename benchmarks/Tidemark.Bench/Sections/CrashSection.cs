using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;
using Tidemark.Nbd;

namespace Tidemark.Bench.Sections;

/// <summary>Killed in the middle of writes to several disks: how long until the next start answers.</summary>
/// <param name="plan">What is measured.</param>
internal sealed class CrashSection(BenchPlan plan) : Section(plan)
{
    private const int AreaMiB = 128;
    private const int BlockBytes = 4096;
    private const int LargeGiB = 16 * 1024;

    private static readonly Workload Load = new("load", "randwrite", "4k", 4);

    /// <inheritdoc/>
    public override string Name => "crash";

    /// <inheritdoc/>
    protected override async Task MeasureAsync(Recorder recorder, NoiseProbe probe)
    {
        var ready = new List<double>();
        var opens = new List<double>();
        var disks = await CreateAsync();
        for (var round = 0; round < Plan.Choose(5, 2); round++)
        {
            await WriteAndKillAsync(disks);
            Product? product = null;
            ready.Add(await Timing.MsAsync(async () =>
            {
                product = new Product(Plan, Name);
                await product.Client.Disks.FindAsync(disks[0], default);
            }));
            using (product)
            {
                foreach (var disk in disks)
                    opens.Add(await Timing.MsAsync(() => Task.Run(() => ReadOnce(product, disk))));
            }
        }

        var loaded = LoadedCount;
        recorder.Add("crash.disks", "disks when the server was killed", disks.Count, "");
        recorder.Add("crash.loaded", "of them written to at that moment", loaded, "");
        recorder.Add(FigureKeys.CrashReady, "from start to the API's first answer", ready.Max(), "ms");
        recorder.Add("crash.open.p50", "connect and first read of a disk, p50", Quantile.Median(opens), "ms");
        recorder.Add(FigureKeys.CrashOpen, "connect and first read of a disk, the longest", opens.Max(), "ms");
    }

    private int LoadedCount => Plan.Choose(8, 3);

    private async Task<IReadOnlyList<string>> CreateAsync()
    {
        using var product = new Product(Plan, Name);
        var disks = new List<string>();
        for (var i = 0; i < Plan.Choose(64, 6); i++)
            disks.Add(await product.CreateDiskAsync(i % 4 == 1 ? LargeGiB : 1));
        return disks;
    }

    private async Task WriteAndKillAsync(IReadOnlyList<string> disks)
    {
        using var product = new Product(Plan, Name);
        await using var load = Fio.StartLoad(
            [.. disks.Take(LoadedCount).Select(disk => product.UriOf(disk))], Load, AreaMiB);
        await Task.Delay(TimeSpan.FromSeconds(Plan.Choose(4, 1)));
        if (!load.IsRunning)
            throw new InvalidOperationException("The load ended before the server was killed.");
        product.Process.Kill();
    }

    private static void ReadOnce(Product? product, string disk)
    {
        if (product is null)
            return;
        using var client = NbdClient.Connect(NbdUri.Parse(product.UriOf(disk)));
        client.Read(0, new byte[BlockBytes]);
    }
}
