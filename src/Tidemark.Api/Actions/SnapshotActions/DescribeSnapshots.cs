using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>
/// Lists snapshots, a page at a time. An unknown id is no error: it is simply not in the list. Extension: ShowDeleted
/// lists those that can be brought back.
/// </summary>
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
            ApiParameter.Flag("ShowDeleted", "Extension: lists deleted ones that can be brought back, instead."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = SharedMembers.ReadQuery(call.Parameters, "SnapshotIds");
        var isDeleted = call.Parameters.Flag("ShowDeleted") ?? false;
        var page = call.Domain.Snapshots.List(query, call.Caller.Scope, isDeleted);
        return new DescribeSnapshotsResponse
        {
            TotalCount = page.TotalCount,
            SnapshotSet = [.. page.Items.Select(snapshot => new WireSnapshot(snapshot))],
        };
    }
}
