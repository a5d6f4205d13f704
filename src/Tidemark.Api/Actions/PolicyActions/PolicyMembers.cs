using Tidemark.Api.Wire;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>The members that requests about policies share.</summary>
internal static class PolicyMembers
{
    /// <summary>The most policies of one request.</summary>
    public const int PolicyIdsMax = 100;

    private const int EntriesMax = 10;
    private const int HoursMax = 24;
    private const int DaysOfWeekMax = 7;
    private const int DaysOfMonthMax = 31;

    /// <summary>Which policy.</summary>
    public static readonly ApiParameter PolicyId =
        ApiParameter.Text("AutoSnapshotPolicyId", "The policy, asp- and eight letters or digits.");

    /// <summary>The schedule.</summary>
    public static readonly ApiParameter Policy = ApiParameter.Objects(
        "Policy",
        "When snapshots are taken, on UTC+8: at every hour that one of 1 to 10 entries names.",
        ApiParameter.Numbers("Hour", "Full hours, 0 to 23.").Required,
        ApiParameter.Numbers("DayOfWeek", "Days of the week, 0 (Sunday) to 6; counts before DayOfMonth."),
        ApiParameter.Numbers("DayOfMonth", "Days of the month, 1 to 31; months without the day are skipped."),
        ApiParameter.Number("IntervalDays", "Days from run to run, 1 to 365, from the day the policy was made."));

    /// <summary>How long snapshots stay.</summary>
    public static readonly IReadOnlyList<ApiParameter> Retention =
    [
        ApiParameter.Flag("IsPermanent", "Snapshots stay until somebody deletes them."),
        ApiParameter.Number("RetentionDays", "Days that each snapshot stays; 7 when nothing is said."),
        ApiParameter.Number("RetentionMonths", "Extension: months that each snapshot stays, 1 to 1,200."),
        ApiParameter.Number("RetentionAmount", "Extension: the newest so many of each disk stay, 1 to 10,000."),
        ApiParameter.Nested(
            "AdvancedRetentionPolicy",
            "Extension: of each period, counted back from the newest snapshot, the newest one stays.",
            ApiParameter.Number("Days", "Days, 0 to 100."),
            ApiParameter.Number("Weeks", "Weeks, 0 to 100."),
            ApiParameter.Number("Months", "Months, 0 to 100."),
            ApiParameter.Number("Years", "Years, 0 to 100.")),
    ];

    /// <summary>Reads the schedule; null when absent.</summary>
    public static IReadOnlyList<PolicyRule>? ReadRules(ParameterReader parameters) =>
        parameters.Objects("Policy", EntriesMax, entry => new PolicyRule
        {
            Hours = ReadInts(entry, "Hour", HoursMax),
            DaysOfWeek = ReadInts(entry, "DayOfWeek", DaysOfWeekMax),
            DaysOfMonth = ReadInts(entry, "DayOfMonth", DaysOfMonthMax),
            IntervalDays = ToInt(entry.Number("IntervalDays") ?? 0),
        });

    /// <summary>Reads how long snapshots stay.</summary>
    public static RetentionRequest ReadRetention(ParameterReader parameters) => new()
    {
        IsPermanent = parameters.Flag("IsPermanent"),
        Days = parameters.Number("RetentionDays"),
        Months = parameters.Number("RetentionMonths"),
        Amount = parameters.Number("RetentionAmount"),
        Advanced = parameters.Nested("AdvancedRetentionPolicy") is { } advanced
            ? new AdvancedRetention(
                ToInt(advanced.Number("Days") ?? 0),
                ToInt(advanced.Number("Weeks") ?? 0),
                ToInt(advanced.Number("Months") ?? 0),
                ToInt(advanced.Number("Years") ?? 0))
            : null,
    };

    private static int[] ReadInts(ParameterReader parameters, string name, int countMax) =>
        [.. (parameters.Numbers(name, countMax) ?? []).Select(ToInt)];

    // The domain refuses what is out of its bounds; a number too large for it is as wrong as the largest one.
    private static int ToInt(long number) => (int)Math.Min(number, int.MaxValue);
}
