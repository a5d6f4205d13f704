using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Deletes policies, all or none. Their snapshots stay as long as they were to.</summary>
internal static class DeleteAutoSnapshotPolicies
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DeleteAutoSnapshotPolicies",
        Run,
        typeof(ApiResponse),
        "Deletes policies, all or none, with their bindings. Their snapshots stay as long as they were to.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("AutoSnapshotPolicyIds", "1 to 100 policies.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var ids = call.Parameters.RequiredTexts("AutoSnapshotPolicyIds", PolicyMembers.PolicyIdsMax);
        call.Domain.Policies.Delete(ids, call.Caller);
        return new ApiResponse();
    }
}
