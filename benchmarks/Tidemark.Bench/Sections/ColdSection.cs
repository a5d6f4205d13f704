using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>Reads that find nothing in the page cache.</summary>
/// <param name="plan">What is measured.</param>
internal sealed class ColdSection(BenchPlan plan) : Section(plan)
{
    /// <inheritdoc/>
    public override string Name => "cold";

    /// <inheritdoc/>
    protected override async Task MeasureAsync(Recorder recorder, NoiseProbe probe)
    {
        if (!PageCache.CanDrop)
        {
            recorder.Note("Cold reads were left out: only root may drop the page cache.");
            return;
        }

        using var product = new Product(Plan, "cold");
        var disk = await product.CreateDiskAsync(Math.Max(1, Plan.ColdAreaMiB / 1024));
        var file = Path.Combine(Plan.WorkFolder, "cold.raw");
        await CommandRun.OutputAsync("truncate", "-s", $"{Plan.ColdAreaMiB}M", file);
        using var servers = new ServerSet(new ProductDisk(product, disk), new Peer(PeerKind.Direct, file));
        foreach (var server in servers.All)
            await Fio.FillAsync(server.Uri, Plan.ColdAreaMiB);
        var works = Plan.Choose<IReadOnlyList<Workload>>(
            [Workloads.ReadMany, Workloads.ReadOne, Workloads.ReadInOrder], [Workloads.ReadMany]);
        await MeasureAsync(recorder, probe, servers, Settings.Cold, works);
        if (Plan.IsQuick)
            return;

        foreach (var server in servers.All)
            await Fio.OverwriteAsync(server.Uri, Plan.ColdAreaMiB, times: 0.5);
        await MeasureAsync(
            recorder, probe, servers, Settings.ColdOverwritten, [Workloads.ReadMany, Workloads.ReadInOrder]);
    }

    private async Task MeasureAsync(
        Recorder recorder, NoiseProbe probe, ServerSet servers, string setting, IReadOnlyList<Workload> works)
    {
        var runner = new RoundRunner(Plan, probe)
        {
            AreaMiB = Plan.ColdAreaMiB,
            BeforePoint = _ => PageCache.DropAsync(),
        };
        foreach (var work in works)
            recorder.Add(await runner.RunAsync(setting, work, servers.All));
    }
}
