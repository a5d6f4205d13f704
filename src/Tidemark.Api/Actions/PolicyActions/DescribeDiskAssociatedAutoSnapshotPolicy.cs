using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Lists the policies of one disk; as in the API, without the disks of each.</summary>
internal static class DescribeDiskAssociatedAutoSnapshotPolicy
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeDiskAssociatedAutoSnapshotPolicy",
        Run,
        typeof(DescribeAutoSnapshotPoliciesResponse),
        "Lists the policies that one disk is bound to; DiskIdSet and InstanceIdSet are empty here.")
    {
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk; an unknown one has no policies.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var diskId = call.Parameters.RequiredText("DiskId");
        var policies = call.Domain.Policies.OfDisk(diskId, call.Caller.Scope);
        return new DescribeAutoSnapshotPoliciesResponse
        {
            TotalCount = policies.Count,
            AutoSnapshotPolicySet = [.. policies.Select(policy => new WirePolicy(policy, withDisks: false))],
        };
    }
}
