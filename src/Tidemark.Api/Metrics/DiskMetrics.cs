using Tidemark.Disks.Measures;
using Tidemark.Nbd;

namespace Tidemark.Api.Metrics;

/// <summary>The metrics that each disk has: which one shows what of it.</summary>
internal static class DiskMetrics
{
    /// <summary>Those with one sample for each disk.</summary>
    public static readonly (Metric Metric, Func<DiskStatus, double> ValueOf)[] Plain =
    [
        (MetricTable.DiskReads, disk => disk.Clients.ReadCount),
        (MetricTable.DiskReadBytes, disk => disk.Clients.ReadBytes),
        (MetricTable.DiskWrites, disk => disk.Clients.WriteCount),
        (MetricTable.DiskWrittenBytes, disk => disk.Clients.WrittenBytes),
        (MetricTable.DiskFlushes, disk => disk.Clients.FlushCount),
        (MetricTable.DiskTrims, disk => disk.Clients.TrimCount),
        (MetricTable.DiskZeroes, disk => disk.Clients.ZeroCount),
        (MetricTable.DiskClearedBytes, disk => disk.Clients.ClearedBytes),
        (MetricTable.DiskForced, disk => disk.Clients.ForcedCount),
        (MetricTable.DiskClients, disk => disk.Clients.ClientCount),
        (MetricTable.DiskSize, disk => disk.Figures.SizeBytes),
        (MetricTable.DiskSegmentBytes, disk => disk.Figures.SegmentBytes),
        (MetricTable.DiskDeadBytes, disk => disk.Figures.DeadBytes),
        (MetricTable.DiskUnsyncedBytes, disk => disk.Figures.UnsyncedBytes),
        (MetricTable.DiskLayers, disk => disk.Figures.LayerCount),
        (MetricTable.DiskSnapshots, disk => disk.SnapshotCount),
        (MetricTable.DiskFaulted, disk => disk.Figures.IsFaulted ? 1 : 0),
    ];

    /// <summary>The values of the label <c>error</c>.</summary>
    public static readonly (string Label, Func<DiskStatus, double> ValueOf)[] Errors =
    [
        (PrometheusText.Label("error", "io"), disk => disk.Clients.IoErrorCount),
        (PrometheusText.Label("error", "no_space"), disk => disk.Clients.NoSpaceCount),
        (PrometheusText.Label("error", "refused"), disk => disk.Clients.RefusedCount),
    ];

    /// <summary>The values of the label <c>kind</c> of latencies.</summary>
    public static readonly (string Label, RequestKind Kind)[] Kinds =
    [
        .. Enum.GetValues<RequestKind>().Select(kind =>
            (PrometheusText.Label("kind", kind.ToString().ToLowerInvariant()), kind)),
    ];

    /// <summary>What tells a disk from the others.</summary>
    public static string LabelsOf(DiskStatus disk) =>
        PrometheusText.Label("disk", disk.Figures.DiskId) + "," + PrometheusText.Label("name", disk.Name);
}
