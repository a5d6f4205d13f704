using System.Globalization;
using System.Text;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Servers;

namespace Tidemark.Bench.Reports;

/// <summary>The whole report for people, from all stored sections.</summary>
/// <param name="found">The results.</param>
internal sealed class MarkdownReport(Findings found)
{
    private readonly StringBuilder _text = new();

    /// <summary>The text.</summary>
    public string Compose()
    {
        _text.Clear();
        _text.Append("# Results of the bench\n\n");
        AppendBars();
        foreach (var result in found.Results)
            AppendSection(result);
        AppendServers();
        return _text.ToString().TrimEnd('\n') + "\n";
    }

    private void AppendBars()
    {
        _text.Append("\n## What was promised, and what was found\n\n");
        _text.Append("Ratios are taken within each round, in which the servers took turns; the median stands here. ");
        _text.Append("Above 1 Tidemark is faster; processor time is the server's for each request, ");
        _text.Append("below 1 is less.\n\n");
        var rows = new BarTable(found).Rows()
            .Select(row => new[] { row.Work, row.Bar, row.Found, row.Verdict });
        _text.Append(MarkdownTable.Of(["work", "bar", "found", ""], rows));
    }

    private void AppendSection(SectionResult result)
    {
        _text.Append(Text($"\n## Section {result.Section}\n\n"));
        AppendMachine(result);
        AppendRounds(result);
        if (result.Figures.Count > 0)
        {
            _text.Append(MarkdownTable.Of(
                ["figure", "value"],
                result.Figures.Select(figure => new[] { figure.Title, Findings.Text(figure.Value, figure.Unit) })));
        }

        foreach (var note in result.Notes)
            _text.Append(Text($"{note}\n\n"));
    }

    private void AppendMachine(SectionResult result)
    {
        var machine = result.Machine;
        var kind = result.IsQuick ? "A quick run, which shows that the bench works: " : "";
        _text.Append(Text($"{kind}{result.Date} UTC, {result.TookSeconds:0} s; {result.RoundCount} rounds, "));
        _text.Append(Text($"{result.PointSeconds:0.#} s a point. Linux {machine.Kernel}, {machine.Processors}, "));
        _text.Append(Text($"{machine.Memory}, {machine.FileSystem}. {string.Join("; ", machine.Versions)}.\n\n"));
        var noise = result.Rounds.SelectMany(rounds => rounds.Kept).Select(round => round.Noise).ToList();
        if (noise.Count == 0)
            return;
        var compute = Spread.Of(noise.Select(one => one.ComputeMs));
        var sync = Spread.Of(noise.Select(one => one.SyncMs));
        var repeated = result.Rounds.Sum(rounds => rounds.RepeatedCount);
        _text.Append(Text($"Noise of the machine: a fixed loop took {compute.Median:0.0} ms "));
        _text.Append(Text($"({compute.Lower:0.0} to {compute.Upper:0.0}), an append with fdatasync "));
        _text.Append(Text($"{sync.Median:0.00} ms ({sync.Lower:0.00} to {sync.Upper:0.00}); "));
        _text.Append(Text($"{repeated} of {noise.Count + repeated} rounds repeated.\n\n"));
    }

    private void AppendRounds(SectionResult result)
    {
        foreach (var setting in result.Rounds.GroupBy(rounds => rounds.Setting))
        {
            _text.Append(Text($"### {Capital(setting.Key)}\n\n"));
            var rows = setting.SelectMany(rounds => rounds.Servers.Select(server => Row(rounds, server)));
            _text.Append(MarkdownTable.Of(
                ["work", "server", "IOPS", "MiB/s", "first / this", "quartiles", "p50 / p99 / p99.9 µs",
                    "CPU s per million"],
                rows));
        }
    }

    private static string[] Row(Rounds rounds, string server)
    {
        var first = rounds.Servers[0];
        var ratio = rounds.Ratio(first, server, one => one.Iops);
        var isFirst = server == first;
        return
        [
            isFirst ? rounds.Work : "",
            ServerTitles.Of(server),
            Whole(rounds.Median(server, one => one.Iops)),
            Whole(rounds.Median(server, one => one.MiBPerSecond)),
            isFirst ? "" : Findings.Text(ratio.Median, "×"),
            isFirst ? "" : $"{Findings.Text(ratio.Lower)} – {Findings.Text(ratio.Upper)}",
            string.Join(" / ", new Func<Measurement, double>[]
            {
                one => one.Latency.P50, one => one.Latency.P99, one => one.Latency.P999,
            }.Select(figure => Whole(rounds.Median(server, figure)))),
            Findings.Text(rounds.Median(server, one => one.CpuSecondsPerMillion)),
        ];
    }

    private void AppendServers()
    {
        _text.Append("\n## The servers\n\n");
        _text.Append("All files lie on one file system; addresses are left out.\n\n");
        var rows = PeerKind.All.Select(kind => new[] { kind.Title, $"`{kind.CommandLine}`{Preparation(kind)}" });
        _text.Append(MarkdownTable.Of(
            ["server", "command line"], [["Tidemark", "`tidemark serve --data FOLDER`"], .. rows]));
    }

    private static string Preparation(PeerKind kind)
    {
        if (kind == PeerKind.Btrfs)
            return "; before each point `cp --reflink=always`, on a btrfs mounted with `-o loop,noatime`";
        return kind == PeerKind.Qcow2 || kind == PeerKind.Qcow2Extended
            ? $"; before each point `{PeerFiles.OverlayText(kind)}`"
            : "";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
