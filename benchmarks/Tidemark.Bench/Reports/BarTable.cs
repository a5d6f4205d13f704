using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Sections;
using Tidemark.Bench.Servers;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Reports;

/// <summary>Every bar with its figure.</summary>
/// <param name="found">The results.</param>
internal sealed class BarTable(Findings found)
{
    /// <summary>What a server may take besides <c>--memory</c>: runtime, API, request buffers, connections.</summary>
    public const double MemoryBaseMiB = 256;

    private const double ApproachMs = 5;
    private const double BeyondCommitMs = 20;

    private static readonly Func<Measurement, double> Iops = one => one.Iops;
    private static readonly Func<Measurement, double> Cpu = one => one.CpuSecondsPerMillion;

    /// <summary>The rows.</summary>
    public IReadOnlyList<BarRow> Rows() =>
    [
        Many(Workloads.ReadMany, "4 KiB random read, warm, depth 32"),
        Many(Workloads.WriteMany, "4 KiB random write, warm, depth 32"),
        One(Workloads.ReadOne, "4 KiB random read, warm, depth 1"),
        One(Workloads.WriteOne, "4 KiB random write, warm, depth 1"),
        AtLeast("4 KiB random read, cold, depth 32", (Settings.Cold, Workloads.ReadMany), PeerKind.Direct, 1.2),
        AtLeast(
            "4 KiB random write, depth 32, just after a snapshot", (Settings.AfterSnapshot, Workloads.WriteMany),
            PeerKind.Qcow2, 3),
        AtLeast("4 KiB write + fsync each, depth 1", (Settings.Full, Workloads.WriteAndSync), PeerKind.Raw, 1.2),
        AtLeast("128 KiB sequential read", (Settings.Full, Workloads.ReadInOrder), PeerKind.Raw, 2),
        AtLeast("128 KiB sequential write", (Settings.Full, Workloads.WriteInOrder), PeerKind.Raw, 2),
        .. Snapshots(),
        .. Upkeep(),
    ];

    private IEnumerable<BarRow> Snapshots() =>
    [
        CreateTail(), CreateScale(), Stall(), WriteTail(),
        Beyond("roll back, 1 GiB / 16 TiB", FigureKeys.RollbackSmall, FigureKeys.RollbackLarge),
        Beyond("clone, 1 GiB / 16 TiB", FigureKeys.CloneSmall, FigureKeys.CloneLarge),
        Changes(),
    ];

    private IEnumerable<BarRow> Upkeep() =>
        [SpaceRuns(), SpaceScattered(), BackgroundTail(), Crash(), Written(), Taken(), Memory()];

    private BarRow Many(Workload work, string title)
    {
        var (raw, cpu, nbdkit) = Ratios(work);
        return new BarRow(
            title, "≥ 1.8 × raw at ≤ 0.5 × CPU; ≥ 1.2 × nbdkit", Ratios(raw, cpu, nbdkit),
            Findings.Holds((raw, raw >= 1.8), (cpu, cpu <= 0.5), (nbdkit, nbdkit >= 1.2)));
    }

    private BarRow One(Workload work, string title)
    {
        var (raw, cpu, nbdkit) = Ratios(work);
        return new BarRow(
            title, "≥ 1.0 × raw at ≤ 0.8 × CPU; ≥ 0.9 × nbdkit", Ratios(raw, cpu, nbdkit),
            Findings.Holds((raw, raw >= 1), (cpu, cpu <= 0.8), (nbdkit, nbdkit >= 0.9)));
    }

    private (double Raw, double Cpu, double Nbdkit) Ratios(Workload work)
    {
        var place = (Settings.Full, work.Name);
        return (
            found.Ratio(place, ServerTitles.Tidemark, PeerKind.Raw.Key, Iops),
            found.Ratio(place, ServerTitles.Tidemark, PeerKind.Raw.Key, Cpu),
            found.Ratio(place, ServerTitles.Tidemark, PeerKind.Nbdkit.Key, Iops));
    }

    private static string Ratios(double raw, double cpu, double nbdkit) =>
        $"{Findings.Text(raw, "×")} at {Findings.Text(cpu, "×")}; {Findings.Text(nbdkit, "×")}";

    private BarRow AtLeast(string title, (string Setting, Workload Work) place, PeerKind peer, double bar)
    {
        var ratio = found.Ratio((place.Setting, place.Work.Name), ServerTitles.Tidemark, peer.Key, Iops);
        return new BarRow(
            title, $"≥ {Findings.Text(bar, "×")} {peer.Title}", Findings.Text(ratio, "×"),
            Findings.Holds((ratio, ratio >= bar)));
    }

    private BarRow CreateTail()
    {
        var (p99, probe) = (found[FigureKeys.CreateP99], found[FigureKeys.ProbeP99]);
        var bar = ApproachMs + (3 * probe);
        return new BarRow(
            "snapshot create, p99, under load",
            $"≤ 5 ms + 3 × p99 of append + fdatasync = {Findings.Text(bar, "ms")}",
            $"{Findings.Text(p99, "ms")} (p50 {Findings.Text(found[FigureKeys.CreateP50], "ms")})",
            Findings.Holds((p99, p99 <= bar), (probe, true)));
    }

    private BarRow CreateScale()
    {
        var (last, large) = (found[FigureKeys.CreateLastRatio], found[FigureKeys.CreateLargeRatio]);
        var count = Findings.Text(found[FigureKeys.SnapshotCount]);
        return new BarRow(
            $"snapshot create: number {count} / first; 16 TiB / 1 GiB", "≤ 1.2 ×; ≤ 1.2 ×",
            $"{Findings.Text(last, "×")}; {Findings.Text(large, "×")}",
            Findings.Holds((last, last <= 1.2), (large, large <= 1.2)));
    }

    private BarRow Stall()
    {
        var (one, group) = (found[FigureKeys.StallOne], found[FigureKeys.StallGroup]);
        return new BarRow(
            "longest write stall: a cut; eight cuts at once", "≤ 10 ms beyond the same load without",
            $"{Findings.Text(one, "ms")}; {Findings.Text(group, "ms")}",
            Findings.Holds((one, one <= 10), (group, group <= 10)));
    }

    private BarRow WriteTail()
    {
        Func<Measurement, double> tail = one => one.Latency.P99;
        var ratios = new[] { Workloads.WriteOne, Workloads.WriteMany }
            .Select(work => found.Ratio(
                (Settings.ManySnapshots, work.Name), ServerTitles.WithSnapshots, ServerTitles.WithoutSnapshots, tail))
            .ToList();
        return new BarRow(
            $"p99 write latency with {Findings.Text(found[FigureKeys.SnapshotCount])} snapshots / none, depth 1; 32",
            "≤ 1.05 ×", $"{Findings.Text(ratios[0], "×")}; {Findings.Text(ratios[1], "×")}",
            Findings.Holds(ratios.Select(ratio => (ratio, ratio <= 1.05))));
    }

    private BarRow Beyond(string title, string smallKey, string largeKey)
    {
        var (small, large, commit) = (found[smallKey], found[largeKey], found[FigureKeys.CommitMs]);
        var bar = BeyondCommitMs + commit;
        return new BarRow(
            title, $"≤ 20 ms + the commit = {Findings.Text(bar, "ms")}",
            $"{Findings.Text(small, "ms")}; {Findings.Text(large, "ms")}",
            Findings.Holds((small, small <= bar), (large, large <= bar), (commit, true)));
    }

    private BarRow Changes()
    {
        var (runs, scattered) = (found[FigureKeys.DiffRuns], found[FigureKeys.DiffScattered]);
        return new BarRow(
            "changed blocks of 1 TiB with 1 GiB changed", "≤ 200 ms",
            $"{Findings.Text(runs, "ms")} in runs of 64 KiB ({Findings.Text(scattered, "ms")} in single blocks)",
            Findings.Holds((runs, runs <= 200)));
    }

    private BarRow SpaceRuns()
    {
        var seconds = found[FigureKeys.BackSecondsPerGiB];
        return new BarRow(
            "space back after a deletion, runs ≥ 64 KiB", "≥ 95 % within 1 s per GiB",
            double.IsNaN(seconds) && !double.IsNaN(found["back.runs.share"])
                ? $"only {Findings.Text(100 * found["back.runs.share"], "%")} came back"
                : $"95 % within {Findings.Text(seconds, "s per GiB")}",
            double.IsNaN(found["back.runs.share"]) ? null : seconds <= 1);
    }

    private BarRow SpaceScattered()
    {
        var (share, cores) = (found[FigureKeys.BackShare], found[FigureKeys.BackCores]);
        return new BarRow(
            "the rest", "≥ 95 % within 60 s at ≤ 20 % of a processor",
            $"{Findings.Text(100 * share, "%")} at {Findings.Text(100 * cores, "%")}",
            Findings.Holds((share, share >= 0.95), (cores, cores <= 0.2)));
    }

    private BarRow BackgroundTail()
    {
        var ratio = found[FigureKeys.BackgroundP99Ratio];
        return new BarRow(
            "p99 of writes while space is given back / idle", "≤ 1.5 ×", Findings.Text(ratio, "×"),
            Findings.Holds((ratio, ratio <= 1.5)));
    }

    private BarRow Crash()
    {
        var (ready, open) = (found[FigureKeys.CrashReady], found[FigureKeys.CrashOpen]);
        return new BarRow(
            "after kill -9: server answers; a disk's first read", "≤ 2 s; ≤ 0.3 s",
            $"{Findings.Text(ready / 1000, "s")}; {Findings.Text(open / 1000, "s")}",
            Findings.Holds((ready, ready <= 2000), (open, open <= 300)));
    }

    private BarRow Written()
    {
        var (once, steady) = (found[FigureKeys.WrittenOnce], found[FigureKeys.WrittenSteady]);
        return new BarRow(
            "write amplification, depth 8: without / with background work", "≤ 1.2; ≤ 2.0",
            $"{Findings.Text(once)}; {Findings.Text(steady)}",
            Findings.Holds((once, once <= 1.2), (steady, steady <= 2)));
    }

    private BarRow Taken()
    {
        var taken = found[FigureKeys.SpaceTaken];
        return new BarRow(
            $"space, {Findings.Text(found[FigureKeys.SpaceWaitSeconds], "s")} after steady random overwrite",
            "≤ 1.15 ×",
            Findings.Text(taken, "×"), Findings.Holds((taken, taken <= 1.15)));
    }

    private BarRow Memory()
    {
        var (large, many) = (found[FigureKeys.MemoryLarge], found[FigureKeys.MemoryMany]);
        var bar = found[FigureKeys.MemoryOption] + MemoryBaseMiB;
        return new BarRow(
            $"peak memory: 16 TiB disk; {Findings.Text(found[FigureKeys.MemoryDisks])} disks with a client each",
            $"≤ --memory + {MemoryBaseMiB:0} MiB = {Findings.Text(bar, "MiB")}",
            $"{Findings.Text(large, "MiB")}; {Findings.Text(many, "MiB")}",
            Findings.Holds((large, large <= bar), (many, many <= bar)));
    }
}
