using System.Text.Json.Serialization;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>An entry of a schedule as the CBS API shows it: members that do not apply are left out.</summary>
internal sealed class WirePolicyRule(PolicyRule rule)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? DayOfWeek => rule.DaysOfWeek.Count > 0 ? rule.DaysOfWeek : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? DayOfMonth => rule.DaysOfMonth.Count > 0 ? rule.DaysOfMonth : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? IntervalDays => rule.IntervalDays > 0 ? rule.IntervalDays : null;

    public IReadOnlyList<int> Hour => rule.Hours;
}
