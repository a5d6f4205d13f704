using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tidemark.Program.Tests;

/// <summary>The metrics of a whole server, and the files that rely on them.</summary>
public sealed partial class MetricsTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int BlockBytes = 4096;

    [Fact]
    public async Task What_a_client_does_is_counted_exactly()
    {
        var labels = $"{{disk=\"{await server.CreateDiskAsync("counted")}\",name=\"counted\"}}";
        using (var client = server.Connect("counted"))
        {
            for (var i = 0; i < 10; i++)
                client.Write(i * BlockBytes, new byte[BlockBytes]);
            client.Write(0, new byte[1 << 20], isDurable: true);
            for (var i = 0; i < 7; i++)
                client.Read(i * BlockBytes, new byte[512]);
            client.Read(0, new byte[1 << 20]);
            client.Flush();
            client.Flush();
            client.Trim(0, 65536);
            client.WriteZeroes(65536, 8192);
            client.Disconnect();
        }

        var scrape = await UntilAsync(each => each[$"tidemark_disk_clients{labels}"] == 0);

        Assert.Equal(8, scrape[$"tidemark_disk_reads_total{labels}"]);
        Assert.Equal((7 * 512) + (1 << 20), scrape[$"tidemark_disk_read_bytes_total{labels}"]);
        Assert.Equal(11, scrape[$"tidemark_disk_writes_total{labels}"]);
        Assert.Equal((10 * BlockBytes) + (1 << 20), scrape[$"tidemark_disk_written_bytes_total{labels}"]);
        Assert.Equal(2, scrape[$"tidemark_disk_flushes_total{labels}"]);
        Assert.Equal(1, scrape[$"tidemark_disk_trims_total{labels}"]);
        Assert.Equal(1, scrape[$"tidemark_disk_write_zeroes_total{labels}"]);
        Assert.Equal(65536 + 8192, scrape[$"tidemark_disk_cleared_bytes_total{labels}"]);
        Assert.Equal(1, scrape[$"tidemark_disk_fua_total{labels}"]);
        Assert.Equal(1L << 30, scrape[$"tidemark_disk_size_bytes{labels}"]);
        var disk = labels[..^1];
        Assert.Equal(8, scrape[$"tidemark_disk_request_seconds_count{disk},kind=\"read\"}}"]);
        Assert.Equal(10, scrape[$"tidemark_disk_request_seconds_count{disk},kind=\"write\"}}"]);
        Assert.Equal(2, scrape[$"tidemark_disk_request_seconds_count{disk},kind=\"trim\"}}"]);
        Assert.Equal(3, scrape[$"tidemark_disk_request_seconds_count{disk},kind=\"flush\"}}"]);
        Assert.Equal(0, scrape[$"tidemark_disk_errors_total{disk},error=\"io\"}}"]);
    }

    [Fact]
    public async Task Snapshots_syncs_commits_and_requests_leave_their_traces()
    {
        var before = await server.ScrapeAsync();
        await server.CreateDiskAsync("traced");
        server.Write("traced", 0, 1, 1 << 20);
        var snapshot = await server.SnapshotAsync("traced", "one");
        server.Read(snapshot, 0, BlockBytes);
        await server.RunAsync("snap", "show", "snap-00000000");

        var after = await UntilAsync(each => Grown(each, "tidemark_snapshot_reads_total") == 1);

        const string createSnapshot = "{action=\"CreateSnapshot\",code=\"Success\"}";
        Assert.Equal(1, Grown(after, "tidemark_snapshot_create_seconds_count"));
        Assert.Equal(1, Grown(after, $"tidemark_api_requests_total{createSnapshot}"));
        Assert.True(Grown(after, "tidemark_store_sync_seconds_count") >= 1, "A flush or the cut syncs.");
        Assert.True(Grown(after, "tidemark_catalog_commit_seconds_count") >= 2, "A disk and a snapshot commit.");
        Assert.True(Grown(after, "tidemark_catalog_transactions_total") >= 2, "A disk and a snapshot commit.");
        Assert.Equal(1, after["tidemark_ready"]);
        Assert.True(after["tidemark_store_capacity_bytes"] > after["tidemark_store_free_bytes"], "It holds something.");
        Assert.True(after["process_resident_memory_bytes"] > 1 << 20, "It takes memory.");

        double Grown(Scrape now, string sample) => now.ValueOr0(sample) - before.ValueOr0(sample);
    }

    [Fact]
    public async Task Whatever_the_dashboard_and_the_alerts_name_exists()
    {
        var names = (await server.ScrapeAsync()).Names;

        foreach (var file in new[] { "deploy/grafana/tidemark.json", "deploy/prometheus/alerts.yml" })
        {
            var text = await ReadAsync(file);
            var used = MetricName().Matches(text).Select(match => match.Value).Distinct().ToList();
            Assert.True(used.Count > 10, $"{file} names only {used.Count} metrics.");
            // Words for people may name a histogram as a whole.
            Assert.All(used, name => Assert.True(
                names.Contains(name) || names.Contains($"{name}_bucket"), $"{file} names {name}: there is none."));
        }
    }

    [Fact]
    public async Task Queries_use_the_parts_of_a_histogram_never_the_whole()
    {
        var names = (await server.ScrapeAsync()).Names;

        var queries = (await DashboardQueriesAsync()).Concat(await AlertQueriesAsync()).ToList();

        Assert.True(queries.Count > 60, $"There are only {queries.Count} queries.");
        Assert.All(
            queries.SelectMany(query => MetricName().Matches(query)).Select(match => match.Value),
            name => Assert.True(names.Contains(name), $"A query uses {name}, which has no samples."));
    }

    [Fact]
    public async Task The_dashboard_has_a_row_for_each_subject_and_no_panel_on_another()
    {
        using var dashboard = JsonDocument.Parse(await ReadAsync("deploy/grafana/tidemark.json"));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        var rows = panels.Where(panel => panel.GetProperty("type").GetString() == "row")
            .Select(panel => panel.GetProperty("title").GetString());
        var ids = panels.Select(panel => panel.GetProperty("id").GetInt32()).ToList();
        var cells = panels.SelectMany(Cells).ToList();

        Assert.Equal(
            ["Overview", "Disks", "Latency", "Snapshots", "Background", "Store", "API and NBD", "Process"], rows);
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(cells.Count, cells.Distinct().Count());
    }

    [Fact]
    public async Task Every_alert_says_how_bad_it_is_what_it_means_and_what_to_do()
    {
        var rules = (await ReadAsync("deploy/prometheus/alerts.yml")).Split("      - alert: ")[1..];

        Assert.True(rules.Length >= 10, $"There are only {rules.Length} alerts.");
        Assert.Equal(rules.Length, rules.Select(rule => rule.Split('\n')[0]).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.Matches("^Tidemark\\w+\\n", rule);
            Assert.Matches("\\n        expr: \\S", rule);
            Assert.Matches("\\n          severity: (warning|critical)\\n", rule);
            Assert.Matches("\\n          summary: \"[^\\n]{20,}\"\\n", rule);
            Assert.Matches("\\n          description: >-\\n            \\S[^\\n]{40,}\\n", rule);
        });
    }

    [Fact]
    public async Task The_page_of_metrics_names_each_of_them_and_no_other()
    {
        var types = (await server.ScrapeAsync()).Types;

        var rows = TableRow().Matches(await ReadAsync("docs/metrics.md"))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value));

        Assert.Equal(types.Select(type => (type.Key, type.Value)).Order(), rows.Order());
    }

    private async Task<Scrape> UntilAsync(Func<Scrape, bool> condition)
    {
        var scrape = await server.ScrapeAsync();
        for (var i = 0; i < 1000 && !condition(scrape); i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            scrape = await server.ScrapeAsync();
        }

        Assert.True(condition(scrape), "What was done does not show.");
        return scrape;
    }

    private static async Task<IEnumerable<string>> DashboardQueriesAsync()
    {
        using var dashboard = JsonDocument.Parse(await ReadAsync("deploy/grafana/tidemark.json"));
        return
        [
            .. from panel in dashboard.RootElement.GetProperty("panels").EnumerateArray()
               where panel.TryGetProperty("targets", out _)
               from target in panel.GetProperty("targets").EnumerateArray()
               select target.GetProperty("expr").GetString(),
        ];
    }

    private static async Task<IEnumerable<string>> AlertQueriesAsync() =>
        AlertQuery().Matches(await ReadAsync("deploy/prometheus/alerts.yml")).Select(match => match.Groups[1].Value);

    private static IEnumerable<(int X, int Y)> Cells(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
        return
            from column in Enumerable.Range(x, place.GetProperty("w").GetInt32())
            from row in Enumerable.Range(y, place.GetProperty("h").GetInt32())
            select (column, row);
    }

    private static Task<string> ReadAsync(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        return File.ReadAllTextAsync(Path.Combine(folder.FullName, path), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"\b(?:tidemark|process|dotnet)_[a-z0-9_]+\b")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"expr: ((?:>-\n(?:          +\S.*\n)+)|.*)")]
    private static partial Regex AlertQuery();

    [GeneratedRegex(@"^\| `(\w+)` \| (counter|gauge|histogram) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
