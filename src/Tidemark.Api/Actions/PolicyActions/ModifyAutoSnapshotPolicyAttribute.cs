using Tidemark.Api.Wire;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Changes a policy: what is given is replaced, the rest stays. Takes effect at once.</summary>
internal static class ModifyAutoSnapshotPolicyAttribute
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyAutoSnapshotPolicyAttribute",
        Run,
        typeof(ApiResponse),
        "Changes a policy: what is given is replaced, the rest stays. Takes effect at once.")
    {
        IsMutating = true,
        Parameters =
        [
            PolicyMembers.PolicyId.Required,
            ApiParameter.Flag("IsActivated", "False pauses; true lets it run, also after it suspended itself."),
            ApiParameter.Text("AutoSnapshotPolicyName", "At most 60 bytes."),
            PolicyMembers.Policy,
            .. PolicyMembers.Retention,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var parameters = call.Parameters;
        call.Domain.Policies.Modify(
            new ModifyPolicyRequest
            {
                PolicyId = parameters.RequiredText("AutoSnapshotPolicyId"),
                PolicyName = parameters.Text("AutoSnapshotPolicyName"),
                Rules = PolicyMembers.ReadRules(parameters),
                IsActivated = parameters.Flag("IsActivated"),
                Retention = PolicyMembers.ReadRetention(parameters),
            },
            call.Caller);
        return new ApiResponse();
    }
}
