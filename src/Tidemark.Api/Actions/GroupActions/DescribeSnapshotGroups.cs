using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.GroupActions;

/// <summary>Lists snapshot groups, a page at a time.</summary>
internal static class DescribeSnapshotGroups
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeSnapshotGroups",
        Run,
        typeof(DescribeSnapshotGroupsResponse),
        "Lists snapshot groups, a page at a time, newest first.")
    {
        Parameters =
        [
            .. SharedMembers.Query(null),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = SharedMembers.ReadQuery(call.Parameters, null);
        var page = call.Domain.Groups.List(query, call.Caller.Scope);
        return new DescribeSnapshotGroupsResponse
        {
            TotalCount = page.TotalCount,
            SnapshotGroupSet = [.. page.Items.Select(group => new WireSnapshotGroup(group))],
        };
    }
}
