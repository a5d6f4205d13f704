using System.Globalization;
using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

/// <summary>What is kept, asked of each snapshot on its own, as slow as it is plain.</summary>
internal static class SlowRetention
{
    /// <summary>Whether one of several snapshots stays.</summary>
    public static bool Keeps(
        PolicyRetention retention, IReadOnlyList<DateTimeOffset> times, int index, DateTimeOffset now)
    {
        if (retention.IsPermanent)
            return true;
        if (retention.Days > 0)
            return now - times[index] < TimeSpan.FromHours(24 * retention.Days);
        if (retention.Months > 0)
            return times[index].ToOffset(TimeSpan.FromHours(8)).AddMonths(retention.Months) > now;
        if (retention.Amount > 0)
            return times.Count - index <= retention.Amount;
        var (days, weeks, months, years) = retention.Advanced!;
        return IsNewestOfOne(times, index, days, day => day)
            || IsNewestOfOne(times, index, weeks, day => (ISOWeek.GetYear(day), ISOWeek.GetWeekOfYear(day)))
            || IsNewestOfOne(times, index, months, day => (day.Year, day.Month))
            || IsNewestOfOne(times, index, years, day => day.Year);
    }

    private static bool IsNewestOfOne<T>(
        IReadOnlyList<DateTimeOffset> times, int index, int count, Func<DateTime, T> periodOf)
        where T : notnull
    {
        var days = times.Select(time => time.UtcDateTime.AddHours(8).Date).ToList();
        if (days.Skip(index + 1).Any(day => periodOf(day).Equals(periodOf(days[index]))))
            return false;
        var periods = new HashSet<T>();
        for (var day = days[index]; day <= days[^1] && periods.Count <= count; day = day.AddDays(1))
            periods.Add(periodOf(day));
        return periods.Count <= count;
    }
}
