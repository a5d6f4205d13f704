using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tidemark.Bench;

/// <summary>The result as a table for people and as JSON for programs.</summary>
/// <param name="Plan">What was measured.</param>
/// <param name="Comparisons">Side by side with the peer.</param>
/// <param name="Snapshots">Snapshots under load.</param>
internal sealed record Report(BenchPlan Plan, IReadOnlyList<ComparisonRow> Comparisons, SnapshotRow Snapshots)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The tables.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("# Results\n\n");
        if (Comparisons.Count > 0)
            AppendComparisons(text);

        AppendSnapshots(text);
        return text.ToString();
    }

    /// <summary>Writes both forms to benchmarks/results.</summary>
    public void Write()
    {
        var folder = Path.Combine(Plan.Root, "benchmarks", "results");
        Directory.CreateDirectory(folder);
        var name = Plan.IsSnapshotsOnly ? "snapshots" : "latest";
        File.WriteAllText(Path.Combine(folder, $"{name}.md"), ToMarkdown());
        var figures = new { Plan.IsQuick, Plan.PairCount, Plan.Seconds, Comparisons, Snapshots };
        File.WriteAllText(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(figures, Indented) + "\n");
    }

    private void AppendSnapshots(StringBuilder text)
    {
        text.Append(Text($"\n{Snapshots.Count} snapshots of a disk of {Snapshots.DiskGiB} GiB that holds "));
        text.Append(Text($"{Snapshots.DataMiB} MiB, under {Snapshots.WriteIops:0} random writes a second; "));
        text.Append("from the call of the API to its answer.\n\n");
        text.Append("| p50 | p99 | bar for p99 | first quarter p50 | last quarter p50 | append + fdatasync p99 |\n");
        text.Append("|---|---|---|---|---|---|\n");
        text.Append(Text($"| {Snapshots.P50Ms:0.0} ms | {Snapshots.P99Ms:0.0} ms | {Snapshots.BarP99Ms:0.0} ms "));
        text.Append(Text($"| {Snapshots.FirstQuarterP50Ms:0.0} ms | {Snapshots.LastQuarterP50Ms:0.0} ms "));
        text.Append(Text($"| {Snapshots.ProbeP99Ms:0.0} ms |\n"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void AppendComparisons(StringBuilder text)
    {
        text.Append(Text($"{Plan.PairCount} pairs of {Plan.Seconds} s each, in turns with "));
        text.Append("`qemu-nbd --aio=io_uring --cache=writeback -f raw` on the same file system, over a Unix socket; ");
        text.Append(Text($"fio's NBD engine; {Plan.WorkingSetMiB} MiB in memory; "));
        text.Append(Text($"{Environment.ProcessorCount} processors. "));
        text.Append(Plan.IsQuick ? "A quick run, which shows that the bench works.\n\n" : "\n\n");
        text.Append("| work | Tidemark IOPS | qemu-nbd IOPS | ratio | p99 µs | peer p99 µs | CPU a request |\n");
        text.Append("|---|---|---|---|---|---|---|\n");
        foreach (var row in Comparisons)
        {
            text.Append(Text($"| {row.Work} | {row.Tidemark.Iops:0} | {row.Peer.Iops:0} | {row.IopsRatio:0.00} × "));
            text.Append(Text($"| {row.Tidemark.LatencyP99Microseconds:0} | {row.Peer.LatencyP99Microseconds:0} "));
            text.Append(Text($"| {row.CpuRatio:0.00} × |\n"));
        }
    }
}
