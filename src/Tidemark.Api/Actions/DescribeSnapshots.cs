using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions;

/// <summary>Lists snapshots, a page at a time. An unknown id is no error: it is simply not in the list.</summary>
internal static class DescribeSnapshots
{
    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = SharedMembers.ReadQuery(call.Parameters, "SnapshotIds");
        var page = call.Domain.Snapshots.List(query);
        return new DescribeSnapshotsResponse
        {
            TotalCount = page.TotalCount,
            SnapshotSet = [.. page.Items.Select(snapshot => new WireSnapshot(snapshot))],
        };
    }
}
