using System.Net;
using Tidemark.Api.Metrics;
using Tidemark.Disks.Measures;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Api.Tests.Server;

/// <summary>The pages for supervisors and collectors, over a whole server without its NBD side.</summary>
public sealed class PlainPageTests
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task The_metrics_page_shows_every_metric_of_the_table_once()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync(more: ",\"DiskName\":\"a \\\"b\\\" \\\\c\"");

        var (status, mediaType, text) = await server.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", mediaType);
        Assert.All(
            MetricTable.All.Where(metric => !metric.Name.StartsWith("tidemark_nbd_", StringComparison.Ordinal)),
            metric => Assert.Equal(1, text.Split($"# TYPE {metric.Name} ").Length - 1));
        Assert.Contains($"\ntidemark_disk_layers{{disk=\"{diskId}\",name=\"a \\\"b\\\" \\\\c\"}} 1\n", text);
        Assert.Contains("\ntidemark_api_requests_total{action=\"CreateDisks\",code=\"Success\"} 1\n", text);
        Assert.DoesNotContain("tidemark_disk_request_seconds_bucket", text);
    }

    [Theory]
    [InlineData("placement/region", HttpStatusCode.OK, "local")]
    [InlineData("placement/zone", HttpStatusCode.OK, "local-1")]
    [InlineData("instance-id", HttpStatusCode.NotFound, "node's id")]
    [InlineData("nothing", HttpStatusCode.NotFound, "placement/region")]
    public async Task Drivers_on_instances_learn_where_they_are(string name, HttpStatusCode expected, string part)
    {
        await using var server = await RunningServer.StartAsync();

        var (status, _, text) = await server.GetAsync("/latest/meta-data/" + name);

        Assert.Equal(expected, status);
        Assert.Contains(part, text);
        Assert.True(status != HttpStatusCode.OK || text == part);
    }

    [Fact]
    public async Task Figures_of_a_disk_follow_what_happens_to_it()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 1, 8 * MiB);
        var written = await server.ScrapeAsync();
        await server.NewSnapshotAsync(diskId);
        var cut = await server.ScrapeAsync();

        Assert.InRange(written[$"tidemark_disk_unsynced_bytes {diskId}"], 8 * MiB, 9 * MiB);
        Assert.InRange(written[$"tidemark_disk_segment_bytes {diskId}"], 8 * MiB, 9 * MiB);
        Assert.Equal(0, cut[$"tidemark_disk_unsynced_bytes {diskId}"]);
        Assert.Equal(2, cut[$"tidemark_disk_layers {diskId}"]);
        Assert.Equal(1, cut[$"tidemark_disk_snapshots {diskId}"]);
        Assert.Equal(1, cut["tidemark_snapshot_create_seconds_count"]);
        Assert.Equal(1, cut["tidemark_background_publish_segments"]);
    }

    [Fact]
    public async Task Too_many_disks_are_left_out_and_counted()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 3; i++)
            await server.NewDiskAsync();
        var page = new MetricsPage(server.Domain, new RequestCounters(), nbd: null, disksMax: 2);
        var output = new MemoryStream();
        var pipe = System.IO.Pipelines.PipeWriter.Create(output);

        await page.WriteAsync(page.Collect(), pipe, TestContext.Current.CancellationToken);

        var text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("\ntidemark_disks 3\n", text);
        Assert.Contains("\ntidemark_disks_omitted 1\n", text);
        Assert.Contains("\n# Only the first 2 disks", text);
        Assert.Equal(2, text.Split("\ntidemark_disk_size_bytes{").Length - 1);
    }

    [Fact]
    public async Task Readiness_says_what_is_announced()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal((HttpStatusCode.OK, "ready\n"), await server.ReadyAsync());
        server.Domain.Watch.Announce("The server is stopping.");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The server is stopping.\n"), await server.ReadyAsync());
        server.Domain.Watch.Announce(null);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await server.ReadyAsync());
    }

    [Fact]
    public async Task A_full_store_is_not_ready_until_there_is_room()
    {
        await using var server = await RunningServer.StartAsync(capacityBytes: 24 * MiB);
        var diskId = await server.NewDiskAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.ReadyAsync()).Status);
        server.Write(diskId, 0, 1, 21 * MiB);

        var (status, text) = await server.ReadyAsync();
        var ready = (await server.ScrapeAsync())["tidemark_ready"];
        await server.CallAsync("TerminateDisks", $$"""{"DiskIds":["{{diskId}}"]}""");
        for (var step = 0; step < 100 && server.Engine.Step(64 * MiB, isIdle: true); step++)
        {
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 0), (status, ready));
        Assert.StartsWith("The store is full: ", text);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await server.ReadyAsync());
    }

    [Fact]
    public async Task A_disk_that_a_device_error_stopped_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        var diskId = await server.NewDiskAsync();
        server.Write(diskId, 0, 1);
        server.Store.Fail(SimulatedOperation.Sync, 1, StoreFault.Io);
        Assert.Equal(IoResult.Failed, server.Engine.OpenDisk(diskId).Flush());

        var (status, text) = await server.ReadyAsync();
        var faulted = (await server.ScrapeAsync())[$"tidemark_disk_faulted {diskId}"];
        server.Engine.CloseDisk(diskId);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (status, faulted));
        Assert.Contains(diskId, text);
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await server.ReadyAsync());
    }

    [Fact]
    public async Task A_catalog_that_does_not_commit_is_said()
    {
        await using var server = await RunningServer.StartAsync();
        var measures = server.Domain.Watch.Measures;

        measures.OnCommit(new(TimeSpan.FromMilliseconds(1), 1, new IOException("The disk is on fire.")));
        var broken = await server.ReadyAsync();
        measures.OnCommit(new(TimeSpan.FromMilliseconds(1), 1, null));

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "The catalog does not commit: The disk is on fire.\n"), broken);
        Assert.Equal(HttpStatusCode.OK, (await server.ReadyAsync()).Status);
        Assert.Equal((2, 2, 1), (measures.Commits.Count, measures.TransactionCount, measures.CommitErrorCount));
    }

    [Fact]
    public void Background_work_is_counted_when_it_ends()
    {
        var measures = new ServerMeasures();

        measures.OnWork(new EngineWork(EngineWorkKind.Fold, HasEnded: false, 0));
        measures.OnWork(new EngineWork(EngineWorkKind.Merge, HasEnded: false, 0));
        measures.OnWork(new EngineWork(EngineWorkKind.Merge, HasEnded: true, 4096));

        Assert.Equal(0, measures.WorkOf(EngineWorkKind.Fold).Count);
        Assert.Equal(1, measures.WorkOf(EngineWorkKind.Merge).Count);
        Assert.Equal(4096, measures.WorkBytesOf(EngineWorkKind.Merge));
    }
}
