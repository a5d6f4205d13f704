using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Tidemark.Disks;
using Tidemark.Disks.Measures;
using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Api.Metrics;

/// <summary>
/// What <c>/metrics</c> answers. Everything is read at the time of the scrape from counters that are kept anyway; no
/// scrape waits for I/O on the store. Labels have values from closed sets, and disks are shown up to a limit.
/// </summary>
internal sealed class MetricsPage
{
    /// <summary>Disks with figures of their own; of more, the page says how many it leaves out.</summary>
    public const int DisksMax = 10_000;

    private const int UnflushedBytesMax = 256 * 1024;

    private readonly DiskDomain _domain;
    private readonly RequestCounters _requests;
    private readonly Func<NbdServerCounters>? _nbd;
    private readonly int _disksMax;

    /// <summary>A page over a domain, the API's counters and, if there is one, an NBD server.</summary>
    public MetricsPage(
        DiskDomain domain, RequestCounters requests, Func<NbdServerCounters>? nbd, int disksMax = DisksMax)
    {
        _domain = domain;
        _requests = requests;
        _nbd = nbd;
        _disksMax = disksMax;
    }

    /// <summary>The state of now, ready to be written: whatever can fail fails here.</summary>
    /// <exception cref="DomainException">There are no figures yet.</exception>
    public ServerStatus Collect() => _domain.Watch.Status(_disksMax);

    /// <summary>Writes the page.</summary>
    public async Task WriteAsync(ServerStatus status, PipeWriter output, CancellationToken cancellation)
    {
        var text = new PrometheusText(output);
        WriteServer(text, status);
        WriteBackground(text, status.Engine);
        WriteStore(text, status.Engine);
        WriteNbd(text);
        WriteCatalogAndApi(text);
        ProcessFigures.Write(text);
        await WriteDisksAsync(text, status, output, cancellation);
        await output.FlushAsync(cancellation);
    }

    private void WriteServer(PrometheusText text, ServerStatus status)
    {
        text.Begin(MetricTable.Build);
        text.Sample(
            PrometheusText.Label("version", ProgramVersion.Text) + "," +
            PrometheusText.Label("runtime", RuntimeInformation.FrameworkDescription), 1);
        text.Single(MetricTable.Ready, _domain.Watch.Problems().Count == 0 ? 1 : 0);
        text.Single(MetricTable.DiskCount, status.DiskCount);
        text.Single(MetricTable.SnapshotCount, status.SnapshotCount);
        var omittedCount = Math.Max(status.DiskCount - _disksMax, 0);
        if (omittedCount > 0)
            text.Comment($"Only the first {_disksMax} disks by id have their own figures; {omittedCount} have none.");
        text.Single(MetricTable.DisksOmitted, omittedCount);
        text.Single(MetricTable.SnapshotReads, status.SnapshotReaders.ReadCount);
        text.Single(MetricTable.SnapshotReadBytes, status.SnapshotReaders.ReadBytes);
        text.Single(MetricTable.SnapshotClients, status.SnapshotReaders.ClientCount);
        text.Begin(MetricTable.Cuts);
        text.Sample("", _domain.Watch.Measures.Cuts);
    }

    private void WriteBackground(PrometheusText text, EngineFigures engine)
    {
        text.Single(MetricTable.FoldBacklog, engine.FoldCount);
        text.Single(MetricTable.MergeBacklog, engine.MergeCount);
        text.Single(MetricTable.PublishBacklog, engine.UnpublishedCount);
        text.Single(MetricTable.RemovalBacklog, engine.RemovalCount);
        text.Single(MetricTable.ReclaimBacklog, engine.PendingBytes);
        text.Begin(MetricTable.Work);
        foreach (var kind in Enum.GetValues<EngineWorkKind>())
            text.Sample(LabelOf(kind), _domain.Watch.Measures.WorkOf(kind));
        text.Begin(MetricTable.WorkBytes);
        foreach (var kind in Enum.GetValues<EngineWorkKind>())
            text.Sample(LabelOf(kind), _domain.Watch.Measures.WorkBytesOf(kind));
    }

    private void WriteStore(PrometheusText text, EngineFigures engine)
    {
        text.Single(MetricTable.StoreCapacity, engine.CapacityBytes);
        text.Single(MetricTable.StoreFree, engine.FreeBytes);
        text.Single(MetricTable.StoreSegments, engine.SegmentCount);
        text.Single(MetricTable.StoreSegmentBytes, engine.SegmentBytes);
        text.Single(MetricTable.StoreLayers, engine.LayerCount);
        text.Begin(MetricTable.StoreSyncs);
        text.Sample("", _domain.Watch.Measures.Syncs);
        text.Single(MetricTable.StoreSyncErrors, _domain.Watch.Measures.SyncErrorCount);
        text.Single(MetricTable.MapBytes, engine.MapBytes);
        text.Single(MetricTable.MapBudget, engine.MapBudgetBytes);
    }

    private void WriteNbd(PrometheusText text)
    {
        if (_nbd?.Invoke() is not { } nbd)
            return;
        text.Single(MetricTable.NbdConnections, nbd.ConnectionCount);
        text.Single(MetricTable.NbdAccepted, nbd.AcceptedCount);
        text.Single(MetricTable.NbdRefused, nbd.RefusedCount);
        text.Single(MetricTable.NbdBuffers, nbd.BufferBytes);
        text.Single(MetricTable.NbdBufferBudget, nbd.BufferBudgetBytes);
    }

    private void WriteCatalogAndApi(PrometheusText text)
    {
        var measures = _domain.Watch.Measures;
        text.Begin(MetricTable.Commits);
        text.Sample("", measures.Commits);
        text.Single(MetricTable.Transactions, measures.TransactionCount);
        text.Single(MetricTable.CommitErrors, measures.CommitErrorCount);
        text.Begin(MetricTable.ApiRequests);
        foreach (var ((action, code), count) in _requests.Counts)
            text.Sample(PrometheusText.Label("action", action) + "," + PrometheusText.Label("code", code), count);
        text.Begin(MetricTable.ApiLatency);
        foreach (var (action, latency) in _requests.Latencies)
            text.Sample(PrometheusText.Label("action", action), latency);
    }

    // All samples of a metric stand together, so the loop over disks is the inner one.
    private static async Task WriteDisksAsync(
        PrometheusText text, ServerStatus status, PipeWriter output, CancellationToken cancellation)
    {
        var disks = status.Disks.Select(disk => (Labels: DiskMetrics.LabelsOf(disk), Status: disk)).ToArray();
        foreach (var (metric, valueOf) in DiskMetrics.Plain)
        {
            text.Begin(metric);
            foreach (var (labels, disk) in disks)
                text.Sample(labels, valueOf(disk));
            await FlushAsync(output, cancellation);
        }

        text.Begin(MetricTable.DiskErrors);
        foreach (var (labels, disk) in disks)
        {
            foreach (var (error, valueOf) in DiskMetrics.Errors)
                text.Sample($"{labels},{error}", valueOf(disk));
        }

        text.Begin(MetricTable.DiskLatency);
        foreach (var (labels, disk) in disks)
        {
            WriteLatencies(text, labels, disk.Clients);
            await FlushAsync(output, cancellation);
        }
    }

    // A disk that nobody uses has no histograms: of thousands of disks most are idle.
    private static void WriteLatencies(PrometheusText text, string labels, ExportFigures clients)
    {
        foreach (var (label, kind) in DiskMetrics.Kinds)
        {
            var latency = clients.LatencyOf(kind);
            if (latency.Count > 0)
                text.Sample($"{labels},{label}", latency);
        }
    }

    private static async ValueTask FlushAsync(PipeWriter output, CancellationToken cancellation)
    {
        if (!output.CanGetUnflushedBytes || output.UnflushedBytes >= UnflushedBytesMax)
            await output.FlushAsync(cancellation);
    }

    private static string LabelOf(EngineWorkKind kind) =>
        PrometheusText.Label("kind", kind.ToString().ToLowerInvariant());
}
