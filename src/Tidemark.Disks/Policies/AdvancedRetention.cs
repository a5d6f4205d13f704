namespace Tidemark.Disks.Policies;

/// <summary>
/// Thins snapshots out with age. Periods are counted back from that of the newest snapshot, so nothing goes while no
/// new one comes; in each of them the newest snapshot stays. Weeks begin on Monday; all periods are those of UTC+8.
/// </summary>
/// <param name="Days">Days in which one snapshot each stays, 0 to 100.</param>
/// <param name="Weeks">Weeks, the same.</param>
/// <param name="Months">Months, the same.</param>
/// <param name="Years">Years, the same.</param>
public sealed record AdvancedRetention(int Days, int Weeks, int Months, int Years)
{
    private const int DaysPerWeek = 7;
    private const int MonthsPerYear = 12;

    /// <summary>Whether nothing would ever be kept.</summary>
    public bool IsEmpty => Days == 0 && Weeks == 0 && Months == 0 && Years == 0;

    /// <summary>Which snapshots stay, of those made at these times.</summary>
    /// <param name="times">When they were made, oldest first.</param>
    internal bool[] Keep(IReadOnlyList<DateTimeOffset> times)
    {
        var isKept = new bool[times.Count];
        KeepNewest(times, isKept, Days, day => day.DayNumber);
        KeepNewest(times, isKept, Weeks, WeekNumber);
        KeepNewest(times, isKept, Months, day => (day.Year * MonthsPerYear) + day.Month);
        KeepNewest(times, isKept, Years, day => day.Year);
        return isKept;
    }

    // Day 0 of the calendar is a Monday.
    private static int WeekNumber(DateOnly day) => day.DayNumber / DaysPerWeek;

    private static void KeepNewest(
        IReadOnlyList<DateTimeOffset> times, bool[] isKept, int count, Func<DateOnly, int> periodOf)
    {
        if (times.Count == 0)
            return;
        var newest = periodOf(PolicyClock.DayOf(times[^1]));
        var later = int.MaxValue;
        for (var index = times.Count - 1; index >= 0; index--)
        {
            var period = periodOf(PolicyClock.DayOf(times[index]));
            if (period <= newest - count)
                return;
            isKept[index] |= period < later;
            later = period;
        }
    }
}
