using Tidemark.Api.Wire;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>Extension: what a policy will make and drop, day by day, as if it were activated.</summary>
internal static class DescribePolicyForecast
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribePolicyForecast",
        Run,
        typeof(DescribePolicyForecastResponse),
        "What a policy will make and drop, day by day: one that exists, one with changes, or one described here.")
    {
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Text("AutoSnapshotPolicyId", "The policy; left out for one that does not exist yet."),
            ApiParameter.Text("DiskId", "Starts with the policy's snapshots of this disk; with none when left out."),
            ApiParameter.Number("Days", "1 to 60 days, today included; 60 when left out."),
            PolicyMembers.Policy,
            .. PolicyMembers.Retention,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var outlook = call.Domain.Policies.Forecast(
            new PolicyForecastRequest
            {
                PolicyId = call.Parameters.Text("AutoSnapshotPolicyId"),
                DiskId = call.Parameters.Text("DiskId"),
                DayCount = call.Parameters.Number("Days"),
                Rules = PolicyMembers.ReadRules(call.Parameters),
                Retention = PolicyMembers.ReadRetention(call.Parameters),
            },
            call.Caller);
        return new DescribePolicyForecastResponse
        {
            Description = outlook.Description,
            NextTriggerTimeSet = [.. outlook.NextRuns.Select(WireTime.Utc)],
            DaySet = [.. outlook.Days.Select(day => new WireForecastDay(day))],
            KeptSet = [.. outlook.Days[^1].Kept.Select(snapshot => new WireForecastSnapshot(snapshot))],
        };
    }
}
