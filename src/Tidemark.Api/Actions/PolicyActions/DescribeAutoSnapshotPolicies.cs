using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Lists policies, a page at a time. An unknown id is no error: it is simply not in the list.</summary>
internal static class DescribeAutoSnapshotPolicies
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeAutoSnapshotPolicies",
        Run,
        typeof(DescribeAutoSnapshotPoliciesResponse),
        "Lists snapshot policies, a page at a time. An unknown id is no error: it is simply not in the list.")
    {
        Parameters =
        [
            .. SharedMembers.Query("AutoSnapshotPolicyIds"),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = SharedMembers.ReadQuery(call.Parameters, "AutoSnapshotPolicyIds");
        var page = call.Domain.Policies.List(query, call.Caller.Scope);
        return new DescribeAutoSnapshotPoliciesResponse
        {
            TotalCount = page.TotalCount,
            AutoSnapshotPolicySet = [.. page.Items.Select(policy => new WirePolicy(policy, withDisks: true))],
        };
    }
}
