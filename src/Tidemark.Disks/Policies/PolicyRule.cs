namespace Tidemark.Disks.Policies;

/// <summary>
/// One entry of a schedule: hours, and the days that they count for. Days are given in one of three ways; the others
/// are empty. Lists keep the order in which they were given.
/// </summary>
public sealed record PolicyRule
{
    /// <summary>Hours, 0 to 23, on UTC+8; at least one.</summary>
    public required IReadOnlyList<int> Hours { get; init; }

    /// <summary>Days of the week, 0 (Sunday) to 6.</summary>
    public IReadOnlyList<int> DaysOfWeek { get; init; } = [];

    /// <summary>Days of the month, 1 to 31; a month without that day is skipped.</summary>
    public IReadOnlyList<int> DaysOfMonth { get; init; } = [];

    /// <summary>Days from run to run, 1 to 365, counted from the policy's first day; 0 when not used.</summary>
    public int IntervalDays { get; init; }

    /// <summary>Whether the rule has runs on a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="firstDay">The day on which the policy was made.</param>
    public bool IsOn(DateOnly day, DateOnly firstDay)
    {
        if (DaysOfWeek.Count > 0)
            return DaysOfWeek.Contains((int)day.DayOfWeek);
        if (DaysOfMonth.Count > 0)
            return DaysOfMonth.Contains(day.Day);
        return day >= firstDay && (day.DayNumber - firstDay.DayNumber) % IntervalDays == 0;
    }
}
