using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Unbinds disks from a policy; those that are not bound are passed over.</summary>
internal static class UnbindAutoSnapshotPolicy
{
    private const int DiskIdsMax = 200;
    private const int InstanceIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "UnbindAutoSnapshotPolicy",
        Run,
        typeof(ApiResponse),
        "Unbinds disks, and those attached to instances, from a policy; what is not bound is passed over.")
    {
        IsMutating = true,
        Parameters =
        [
            PolicyMembers.PolicyId.Required,
            ApiParameter.Texts("DiskIds", "At most 200 disks; or give InstanceIds."),
            ApiParameter.Texts("InstanceIds", "At most 100 instances, whose disks are unbound."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var policyId = call.Parameters.RequiredText("AutoSnapshotPolicyId");
        var diskIds = call.Parameters.Texts("DiskIds", DiskIdsMax);
        var instanceIds = call.Parameters.Texts("InstanceIds", InstanceIdsMax);
        call.Domain.Policies.Unbind(policyId, diskIds, instanceIds, call.Caller);
        return new ApiResponse();
    }
}
