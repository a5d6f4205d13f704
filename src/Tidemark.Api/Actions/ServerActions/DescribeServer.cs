using Tidemark.Api.Wire;
using Tidemark.Disks.Quotas;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>Extension: what this server is, where its disks are served, and how full it is.</summary>
internal static class DescribeServer
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeServer",
        Run,
        typeof(DescribeServerResponse),
        "What this server is, where its disks are served, and how full it is.")
    {
        IsExtension = true,
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var domain = call.Domain;
        var statistics = domain.Reports.Statistics;
        var snapshots = domain.Quotas.Find(QuotaName.Snapshots, domain.Options.HomeOf(call.Caller));
        return new DescribeServerResponse
        {
            Version = ProgramVersion.Text,
            Region = domain.Options.Region,
            Zones = domain.Options.Zones,
            NbdAddresses = call.Options.NbdAddresses,
            ServerTime = WireTime.Utc(domain.Options.Time.GetUtcNow()),
            DiskCount = statistics.DiskCount,
            SnapshotCount = (int)Math.Min(snapshots.Used, int.MaxValue),
            SnapshotCountMax = (int)Math.Min(snapshots.Limit, int.MaxValue),
            LayerCount = statistics.LayerCount,
            SegmentCount = statistics.SegmentCount,
            PendingBytes = statistics.PendingBytes,
            MapBytes = statistics.MapBytes,
        };
    }
}
