using Tidemark.Bench.Figures;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Sections;

/// <summary>
/// Lets servers take turns: A B C A B C …, and repeats the rounds in which the machine was disturbed.
/// </summary>
/// <param name="plan">How many rounds, and how long a point is.</param>
/// <param name="probe">The machine's noise.</param>
internal sealed class RoundRunner(BenchPlan plan, NoiseProbe probe)
{
    private const double PerMillion = 1e6;

    /// <summary>Called before each point, after the server's own renewal; for cold reads.</summary>
    public Func<IBlockServer, Task>? BeforePoint { get; init; }

    /// <summary>The area that is worked on.</summary>
    public int AreaMiB { get; init; } = plan.AreaMiB;

    /// <summary>Length of a point.</summary>
    public double Seconds { get; init; } = plan.Seconds;

    /// <summary>All rounds of one workload.</summary>
    public async Task<Rounds> RunAsync(string setting, Workload work, IReadOnlyList<IBlockServer> servers)
    {
        await PageCache.SyncAsync();
        var rounds = new List<Round>();
        while (rounds.Count < plan.RoundCount)
            rounds.Add(await RoundAsync(work, servers));
        var repeated = 0;
        while (repeated < plan.RepeatsMax
            && Disturbance.Worst([.. rounds.Select(round => round.Noise)], work.IsSyncing) is { } worst)
        {
            rounds[worst] = await RoundAsync(work, servers);
            repeated++;
        }

        return new Rounds(setting, work.Name, rounds, repeated);
    }

    /// <summary>One run of a workload on a server.</summary>
    public async Task<Measurement> MeasureAsync(Workload work, IBlockServer server)
    {
        var cpuBefore = server.Process.CpuSeconds;
        var result = await Fio.RunAsync(server.Uri, work, AreaMiB, Seconds);
        var cpuSeconds = server.Process.CpuSeconds - cpuBefore;
        return new Measurement(
            result.Iops,
            result.MiBPerSecond,
            cpuSeconds * PerMillion / Math.Max(1, result.RequestCount),
            result.Latency);
    }

    private async Task<Round> RoundAsync(Workload work, IReadOnlyList<IBlockServer> servers)
    {
        var noise = probe.Measure();
        var measured = new Dictionary<string, Measurement>();
        foreach (var server in servers)
        {
            await server.RenewAsync();
            if (BeforePoint is { } prepare)
                await prepare(server);
            measured[server.Key] = await MeasureAsync(work, server);
        }

        return new Round(noise, measured);
    }
}
