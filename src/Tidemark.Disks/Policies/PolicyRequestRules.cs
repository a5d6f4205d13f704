using System.Globalization;

namespace Tidemark.Disks.Policies;

/// <summary>Rules on what requests say about policies. Each refuses with a <see cref="DomainException"/>.</summary>
internal static class PolicyRequestRules
{
    private const int RulesMax = 10;
    private const int HourMax = 23;
    private const int DayOfWeekMax = 6;
    private const int DayOfMonthMax = 31;
    private const int IntervalDaysMax = 365;
    private const int DaysMax = 36_500;
    private const int MonthsMax = 1_200;
    private const int AmountMax = 10_000;
    private const int AdvancedMax = 100;

    /// <summary>A schedule in which every rule has hours and days in one way, the first of those given.</summary>
    public static IReadOnlyList<PolicyRule> Schedule(IReadOnlyList<PolicyRule>? rules)
    {
        if (rules is null || rules.Count == 0)
            throw new DomainException(ErrorCode.MissingParameter, "Policy is required: at least one entry.");
        if (rules.Count > RulesMax)
        {
            throw new DomainException(ErrorCode.TooManyValues, string.Create(CultureInfo.InvariantCulture,
                $"Policy has {rules.Count} entries; at most {RulesMax} are accepted."));
        }

        return [.. rules.Select(Rule)];
    }

    /// <summary>The one way of keeping that a request names, or what was before when it names none.</summary>
    /// <param name="request">What the request says.</param>
    /// <param name="current">What was before.</param>
    /// <param name="conflictCode">The code for two ways at once.</param>
    public static PolicyRetention Retention(RetentionRequest request, PolicyRetention current, string conflictCode)
    {
        List<PolicyRetention> ways = [];
        if (request.IsPermanent == true)
            ways.Add(new PolicyRetention { IsPermanent = true });
        if (request.Days > 0)
            ways.Add(new PolicyRetention { Days = Within(request.Days.Value, "RetentionDays", 1, DaysMax) });
        if (request.Months > 0)
            ways.Add(new PolicyRetention { Months = Within(request.Months.Value, "RetentionMonths", 1, MonthsMax) });
        if (request.Amount > 0)
            ways.Add(new PolicyRetention { Amount = Within(request.Amount.Value, "RetentionAmount", 1, AmountMax) });
        if (request.Advanced is not null)
            ways.Add(new PolicyRetention { Advanced = Advanced(request.Advanced) });
        if (ways.Count > 1)
        {
            throw new DomainException(conflictCode,
                "IsPermanent, RetentionDays, RetentionMonths, RetentionAmount and AdvancedRetentionPolicy exclude " +
                $"one another; {ways.Count} of them were given.");
        }

        if (ways.Count == 1)
            return ways[0];
        if (request.Days == 0)
            throw RequestRules.BadValue("RetentionDays", $"1 to {DaysMax}", 0);
        return request.IsPermanent == false && current.IsPermanent ? PolicyRetention.Usual : current;
    }

    private static PolicyRule Rule(PolicyRule rule)
    {
        if (rule.Hours.Count == 0)
            throw new DomainException(ErrorCode.MissingParameter, "Policy.Hour is required: at least one hour.");
        var clean = new PolicyRule { Hours = All(rule.Hours, "Policy.Hour", 0, HourMax) };
        if (rule.DaysOfWeek.Count > 0)
            return clean with { DaysOfWeek = All(rule.DaysOfWeek, "Policy.DayOfWeek", 0, DayOfWeekMax) };
        if (rule.DaysOfMonth.Count > 0)
            return clean with { DaysOfMonth = All(rule.DaysOfMonth, "Policy.DayOfMonth", 1, DayOfMonthMax) };
        return rule.IntervalDays != 0
            ? clean with { IntervalDays = Within(rule.IntervalDays, "Policy.IntervalDays", 1, IntervalDaysMax) }
            : throw new DomainException(ErrorCode.MissingParameter,
                "An entry of Policy names no day: give DayOfWeek, DayOfMonth or IntervalDays.");
    }

    private static AdvancedRetention Advanced(AdvancedRetention given)
    {
        Within(given.Days, "AdvancedRetentionPolicy.Days", 0, AdvancedMax);
        Within(given.Weeks, "AdvancedRetentionPolicy.Weeks", 0, AdvancedMax);
        Within(given.Months, "AdvancedRetentionPolicy.Months", 0, AdvancedMax);
        Within(given.Years, "AdvancedRetentionPolicy.Years", 0, AdvancedMax);
        return given.IsEmpty
            ? throw RequestRules.BadValue("AdvancedRetentionPolicy", "at least one count above 0", "0, 0, 0, 0")
            : given;
    }

    private static IReadOnlyList<int> All(IReadOnlyList<int> values, string parameter, int smallest, int largest)
    {
        foreach (var value in values)
            Within(value, parameter, smallest, largest);
        return [.. values.Distinct()];
    }

    private static int Within(long value, string parameter, int smallest, int largest) =>
        (int)RequestRules.Number(value, parameter, smallest, largest, smallest);
}
