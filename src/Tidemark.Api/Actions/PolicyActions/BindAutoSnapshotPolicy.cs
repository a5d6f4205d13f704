using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Binds disks to a policy, all or none; one that is bound already is refused.</summary>
internal static class BindAutoSnapshotPolicy
{
    private const int DiskIdsMax = 80;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "BindAutoSnapshotPolicy",
        Run,
        typeof(ApiResponse),
        "Binds disks to a policy, all or none; one that is bound already is refused.")
    {
        IsMutating = true,
        Parameters =
        [
            PolicyMembers.PolicyId.Required,
            ApiParameter.Texts("DiskIds", "1 to 80 disks; at most 200 for a policy.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var policyId = call.Parameters.RequiredText("AutoSnapshotPolicyId");
        call.Domain.Policies.Bind(policyId, call.Parameters.RequiredTexts("DiskIds", DiskIdsMax), call.Caller);
        return new ApiResponse();
    }
}
