using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>How many snapshots there are and what they hold together, under its two names.</summary>
internal static class DescribeSnapshotOverview
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = Declare("DescribeSnapshotOverview");

    /// <summary>The same under its older name.</summary>
    public static readonly ApiAction OlderAction = Declare("GetSnapOverview");

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var overview = call.Domain.Reports.Overview(call.Domain.Options.HomeOf(call.Caller));
        var holding = overview.Holding;
        return new DescribeSnapshotOverviewResponse
        {
            TotalNums = overview.Count,
            TotalBytes = holding.Bytes,
            IsCurrent = holding.IsCurrent,
            MeasuredTime = holding.MeasuredTime is { } time ? WireTime.Utc(time) : "",
        };
    }

    private static ApiAction Declare(string name) => new(
        name,
        Run,
        typeof(DescribeSnapshotOverviewResponse),
        "How many snapshots there are and what they hold together, as measured last.");
}
