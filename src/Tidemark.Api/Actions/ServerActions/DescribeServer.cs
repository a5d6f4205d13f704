using Tidemark.Api.Wire;

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
        return new DescribeServerResponse
        {
            Version = ProgramVersion.Text,
            Region = domain.Options.Region,
            Zones = domain.Options.Zones,
            NbdAddresses = call.Options.NbdAddresses,
            ServerTime = WireTime.Utc(domain.Options.Time.GetUtcNow()),
            DiskCount = statistics.DiskCount,
            SnapshotCount = domain.Quota.Used,
            SnapshotCountMax = domain.Quota.Limit,
            LayerCount = statistics.LayerCount,
            SegmentCount = statistics.SegmentCount,
            PendingBytes = statistics.PendingBytes,
            MapBytes = statistics.MapBytes,
        };
    }
}
