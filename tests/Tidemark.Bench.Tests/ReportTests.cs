using Tidemark.Bench.Reports;
using Tidemark.Bench.Results;
using Tidemark.Bench.Sections;
using Tidemark.Bench.Servers;

namespace Tidemark.Bench.Tests;

public sealed class ReportTests
{
    private static readonly Findings Nothing = new([]);

    [Fact]
    public void Without_results_every_bar_is_there_and_none_is_judged() =>
        Assert.All(new BarTable(Nothing).Rows(), row => Assert.Null(row.IsMet));

    [Theory]
    [InlineData(240, 100, true)]
    [InlineData(199, 100, false)]
    public void A_ratio_is_held_against_its_bar(double ours, double theirs, bool isMet)
    {
        var rounds = Samples.Rounds(
            Settings.Full, Workloads.ReadInOrder.Name, [ServerTitles.Tidemark, PeerKind.Raw.Key], (ours, theirs));
        var found = new Findings([Samples.Section("data", [rounds])]);

        var row = new BarTable(found).Rows().Single(row => row.Work == "128 KiB sequential read");

        Assert.Equal(isMet, row.IsMet);
    }

    [Fact]
    public void A_bar_that_follows_the_machine_uses_the_probe_of_the_same_run()
    {
        var found = new Findings([Samples.Section(
            "snapshots", null, new Figure(FigureKeys.CreateP99, "", 10, "ms"),
            new Figure(FigureKeys.ProbeP99, "", 2, "ms"))]);

        var row = new BarTable(found).Rows().Single(row => row.Work == "snapshot create, p99, under load");

        Assert.True(row.IsMet);
        Assert.Contains("11 ms", row.Bar, StringComparison.Ordinal);
    }

    [Fact]
    public void Space_that_never_came_back_is_a_bar_not_met()
    {
        var found = new Findings([Samples.Section(
            "space", null, new Figure(FigureKeys.BackSecondsPerGiB, "", double.NaN, "s"),
            new Figure("back.runs.share", "", 0.5, ""))]);

        var row = new BarTable(found).Rows().Single(row => row.Bar == "≥ 95 % within 1 s per GiB");

        Assert.False(row.IsMet);
        Assert.Contains("50 %", row.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_has_every_section_with_its_machine_figures_and_remarks()
    {
        var data = Samples.Section("data", [Samples.Rounds("full disk", "some work", (30, 10))]);
        var crash = Samples.Section("crash", null, new Figure("key", "some figure", 12.5, "ms")) with
        {
            Notes = ["A remark."],
        };

        var text = new MarkdownReport(new Findings([data, crash])).Compose();

        Assert.Contains("## Section data", text, StringComparison.Ordinal);
        Assert.Contains("| some work | a | 30 |", text, StringComparison.Ordinal);
        Assert.Contains("| 3 × |", text, StringComparison.Ordinal);
        Assert.Contains("## Section crash", text, StringComparison.Ordinal);
        Assert.Contains("| some figure | 12.5 ms |", text, StringComparison.Ordinal);
        Assert.Contains("A remark.", text, StringComparison.Ordinal);
        Assert.Contains("2 × Some CPU", text, StringComparison.Ordinal);
        Assert.Contains("`qemu-nbd --aio=io_uring --cache=writeback", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_measured_again_replaces_only_itself()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-results-");
        var files = new ResultFiles(folder.FullName);
        files.Write(Samples.Section("data", [Samples.Rounds("setting", "work", (1, 2))]));
        files.Write(Samples.Section("crash", null, new Figure("key", "title", double.NaN, "")));

        files.Write(Samples.Section("crash", null, new Figure("key", "title", 2, "")));

        var found = new Findings(files.ReadAll(["data", "cold", "crash"]));
        Assert.Equal(["data", "crash"], found.Results.Select(result => result.Section));
        Assert.Equal(2, found["key"]);
        Assert.Equal(0.5, found.Rounds("setting", "work")?.Ratio("a", "b", one => one.Iops).Median);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_readme_keeps_everything_outside_the_marks()
    {
        var page = $"before\n{ReadmeTable.Begin}\nold\n{ReadmeTable.End}\nafter\n";

        var text = new ReadmeTable(Nothing).PutInto(page);

        Assert.StartsWith($"before\n{ReadmeTable.Begin}\n", text, StringComparison.Ordinal);
        Assert.EndsWith($"{ReadmeTable.End}\nafter\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        Assert.Equal("no marks", new ReadmeTable(Nothing).PutInto("no marks"));
    }

    [Fact]
    public void Plots_are_drawn_of_what_was_measured()
    {
        var series = new Series(FigureKeys.CreateP50Series, [50, 100], [3, 4]);
        var found = new Findings([Samples.Section("snapshots") with
        {
            Series = [series, series with { Key = FigureKeys.CreateP99Series }],
        }]);

        var plot = Assert.Single(new Plots(found).Draw());

        Assert.Equal(Plots.Snapshots, plot.Name);
        Assert.Contains("<svg", plot.Svg, StringComparison.Ordinal);
        Assert.Empty(new Plots(Nothing).Draw());
    }

    [Theory]
    [InlineData(0.333, "×", "0.33 ×")]
    [InlineData(12.34, "ms", "12.3 ms")]
    [InlineData(12345.6, "", "12,346")]
    [InlineData(double.NaN, "ms", "–")]
    public void A_number_has_as_many_digits_as_people_read(double value, string unit, string expected) =>
        Assert.Equal(expected, Findings.Text(value, unit));
}
