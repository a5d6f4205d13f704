using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>Everything about snapshots, through the API of the real server.</summary>
/// <param name="plan">What is measured.</param>
internal sealed class SnapshotSection(BenchPlan plan) : Section(plan)
{
    /// <inheritdoc/>
    public override string Name => "snapshots";

    /// <inheritdoc/>
    protected override async Task MeasureAsync(Recorder recorder, NoiseProbe probe)
    {
        using var product = new Product(Plan, "snapshots");
        await new CreateLatency(Plan, product, probe).RunAsync(recorder);
        await new CutStalls(Plan, product).RunAsync(recorder);
        await new ManySnapshots(Plan, product, probe).RunAsync(recorder);
        await new BackAndForth(Plan, product, probe).RunAsync(recorder);
        await new ChangedListing(Plan, product).RunAsync(recorder);
    }
}
