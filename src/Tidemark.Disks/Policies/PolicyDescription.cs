using System.Globalization;

namespace Tidemark.Disks.Policies;

/// <summary>A policy in plain sentences.</summary>
public static class PolicyDescription
{
    private const int DaysPerWeek = 7;
    private const int RunLengthMin = 3;

    /// <summary>When it runs and what it keeps, in two sentences.</summary>
    /// <param name="rules">The schedule.</param>
    /// <param name="retention">What it keeps.</param>
    /// <param name="createTime">When the policy was made; intervals count from that day.</param>
    public static string Of(IReadOnlyList<PolicyRule> rules, PolicyRetention retention, DateTimeOffset createTime)
    {
        var schedule = string.Join("; also ", rules.Select(rule => Text(rule, PolicyClock.DayOf(createTime))));
        return $"{char.ToUpperInvariant(schedule[0])}{schedule[1..]} (UTC+8). {Text(retention)}";
    }

    private static string Text(PolicyRule rule, DateOnly firstDay)
    {
        var hours = rule.Hours.Distinct().Order().Select(hour => $"{hour:D2}:00").ToList();
        return $"{Days(rule, firstDay)} at {(hours.Count == 24 ? "every full hour" : And(hours))}";
    }

    private static string Days(PolicyRule rule, DateOnly firstDay)
    {
        if (rule.DaysOfWeek.Count > 0)
        {
            // Weeks begin on Monday for people; Sunday is 0 in the API.
            var days = rule.DaysOfWeek.Select(day => (day + DaysPerWeek - 1) % DaysPerWeek).Distinct().Order().ToList();
            return days.Count == DaysPerWeek ? "every day" : "every " + And(Runs(days, DayName));
        }

        if (rule.DaysOfMonth.Count > 0)
        {
            var days = rule.DaysOfMonth.Distinct().Order().ToList();
            return $"on the {And(Runs(days, Ordinal))} of each month that has {(days.Count == 1 ? "it" : "them")}";
        }

        return rule.IntervalDays == 1
            ? "every day"
            : string.Create(CultureInfo.InvariantCulture,
                $"every {rule.IntervalDays} days, counted from {firstDay:yyyy-MM-dd},");
    }

    private static string Text(PolicyRetention retention)
    {
        if (retention.IsPermanent)
            return "Each snapshot stays until somebody deletes it.";
        if (retention.Days > 0)
            return $"Each snapshot stays for {Count(retention.Days, "day")}.";
        if (retention.Months > 0)
            return $"Each snapshot stays for {Count(retention.Months, "month")}.";
        if (retention.Amount > 0)
            return $"Of each disk the newest {Count(retention.Amount, "snapshot")} will stay.";
        var (days, weeks, months, years) = retention.Advanced ?? new AdvancedRetention(0, 0, 0, 0);
        List<string> spans = [];
        foreach (var (count, unit) in new[] { (days, "day"), (weeks, "week"), (months, "month"), (years, "year") })
        {
            if (count > 0)
                spans.Add(Count(count, unit));
        }

        return $"Of each disk one snapshot stays, the newest, for each of the last {And(spans)}.";
    }

    // Three or more neighbours are a range.
    private static List<string> Runs(List<int> values, Func<int, string> name)
    {
        List<string> texts = [];
        for (var start = 0; start < values.Count;)
        {
            var end = start;
            while (end + 1 < values.Count && values[end + 1] == values[end] + 1)
                end++;
            if (end - start + 1 >= RunLengthMin)
                texts.Add($"{name(values[start])} to {name(values[end])}");
            else
                texts.AddRange(values[start..(end + 1)].Select(name));
            start = end + 1;
        }

        return texts;
    }

    private static string DayName(int day) => ((DayOfWeek)((day + 1) % DaysPerWeek)).ToString();

    private static string Ordinal(int day) => day.ToString(CultureInfo.InvariantCulture) + day switch
    {
        1 or 21 or 31 => "st",
        2 or 22 => "nd",
        3 or 23 => "rd",
        _ => "th",
    };

    private static string Count(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");

    private static string And(List<string> texts) => texts.Count == 1
        ? texts[0]
        : $"{string.Join(", ", texts.Take(texts.Count - 1))} and {texts[^1]}";
}
