using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Lists snapshots, a page at a time. An unknown id is no error: it is simply not in the list.</summary>
internal static class DescribeSnapshots
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeSnapshots",
        Run,
        typeof(DescribeSnapshotsResponse),
        "Lists snapshots, a page at a time. An unknown id is no error: it is simply not in the list.")
    {
        Parameters =
        [
            .. SharedMembers.Query("SnapshotIds"),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = SharedMembers.ReadQuery(call.Parameters, "SnapshotIds");
        var page = call.Domain.Snapshots.List(query, call.Caller.Scope);
        return new DescribeSnapshotsResponse
        {
            TotalCount = page.TotalCount,
            SnapshotSet = [.. page.Items.Select(snapshot => new WireSnapshot(snapshot))],
        };
    }
}
