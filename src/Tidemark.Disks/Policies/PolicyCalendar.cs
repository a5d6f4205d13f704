namespace Tidemark.Disks.Policies;

/// <summary>When a policy runs: at the full hours that any of its rules names. Pure; all instants are UTC.</summary>
/// <param name="rules">The schedule, at least one rule; two rules that name the same hour make one run.</param>
/// <param name="createTime">When the policy was made: intervals of days count from that day.</param>
public sealed class PolicyCalendar(IReadOnlyList<PolicyRule> rules, DateTimeOffset createTime)
{
    // The longest gap: an interval of a year. A day of the month comes back after 62 days at the latest.
    private const int GapDaysMax = 366;

    private readonly DateOnly _firstDay = PolicyClock.DayOf(createTime);

    /// <summary>The first run later than an instant and than the making of the policy.</summary>
    /// <exception cref="InvalidOperationException">The rules name no day.</exception>
    public DateTimeOffset NextAfter(DateTimeOffset time)
    {
        // There is no run before there is a policy.
        var start = time > createTime ? time : createTime;
        var day = PolicyClock.DayOf(start);
        for (var count = 0; count <= GapDaysMax; count++, day = day.AddDays(1))
        {
            foreach (var hour in HoursOn(day))
            {
                if (PolicyClock.At(day, hour) is var run && run > start)
                    return run;
            }
        }

        throw new InvalidOperationException($"The schedule names no day within {GapDaysMax} days.");
    }

    /// <summary>The newest run from one instant to another, both included; null when there is none.</summary>
    public DateTimeOffset? LatestWithin(DateTimeOffset start, DateTimeOffset end)
    {
        var firstDay = PolicyClock.DayOf(start);
        var day = PolicyClock.DayOf(end);
        for (var count = 0; count <= GapDaysMax && day >= firstDay; count++, day = day.AddDays(-1))
        {
            foreach (var hour in HoursOn(day).Reverse())
            {
                if (PolicyClock.At(day, hour) is var run && run <= end && run >= start)
                    return run;
            }
        }

        return null;
    }

    /// <summary>The first runs later than an instant, in order.</summary>
    public IReadOnlyList<DateTimeOffset> NextRuns(DateTimeOffset time, int count)
    {
        var runs = new List<DateTimeOffset>(count);
        while (runs.Count < count)
            runs.Add(NextAfter(runs.Count > 0 ? runs[^1] : time));
        return runs;
    }

    private IEnumerable<int> HoursOn(DateOnly day) => rules
        .Where(rule => rule.IsOn(day, _firstDay))
        .SelectMany(rule => rule.Hours)
        .Distinct()
        .Order();
}
