using Tidemark.Api.Wire;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Makes a snapshot policy, or says only when it would first run.</summary>
internal static class CreateAutoSnapshotPolicy
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CreateAutoSnapshotPolicy",
        Run,
        typeof(CreateAutoSnapshotPolicyResponse),
        "Makes a snapshot policy, or, with DryRun, says only when it would first run.")
    {
        IsMutating = true,
        Parameters =
        [
            PolicyMembers.Policy.Required,
            ApiParameter.Flag("DryRun", "Only NextTriggerTime is answered; nothing is made."),
            ApiParameter.Flag("IsActivated", "Whether it runs from the start; true when left out."),
            ApiParameter.Text("AutoSnapshotPolicyName", "At most 60 bytes."),
            .. PolicyMembers.Retention,
            SharedMembers.Tags,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var isDryRun = call.Parameters.Flag("DryRun") ?? false;
        var request = Read(call.Parameters);
        if (isDryRun)
        {
            var first = call.Domain.Policies.FirstRun(request, call.Caller);
            return new CreateAutoSnapshotPolicyResponse { NextTriggerTime = WireTime.Plain(first) };
        }

        var policy = call.Domain.Policies.Create(request, call.Caller);
        return new CreateAutoSnapshotPolicyResponse
        {
            AutoSnapshotPolicyId = policy.PolicyId,
            NextTriggerTime = WireTime.Plain(policy.Calendar.NextAfter(policy.CreateTime)),
        };
    }

    private static CreatePolicyRequest Read(ParameterReader parameters) => new()
    {
        PolicyName = parameters.Text("AutoSnapshotPolicyName"),
        Rules = PolicyMembers.ReadRules(parameters),
        IsActivated = parameters.Flag("IsActivated"),
        Retention = PolicyMembers.ReadRetention(parameters),
        Tags = SharedMembers.ReadTags(parameters),
    };
}
