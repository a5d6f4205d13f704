using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

/// <summary>The schedule's rules read out hour by hour, as slow as they are plain.</summary>
internal static class SlowCalendar
{
    /// <summary>Whether a full hour is a run.</summary>
    public static bool IsRun(IReadOnlyList<PolicyRule> rules, DateTimeOffset createTime, DateTimeOffset hour)
    {
        if (hour <= createTime)
            return false;
        var local = hour.UtcDateTime.AddHours(8);
        var firstDay = createTime.UtcDateTime.AddHours(8).Date;
        return rules.Any(rule => rule.Hours.Contains(local.Hour) && (
            rule.DaysOfWeek.Contains((int)local.DayOfWeek)
            || rule.DaysOfMonth.Contains(local.Day)
            || (rule.IntervalDays > 0 && (local.Date - firstDay).TotalDays % rule.IntervalDays == 0)));
    }

    /// <summary>The first full hour after an instant.</summary>
    public static DateTimeOffset HourAfter(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(((time.ToUnixTimeSeconds() / 3600) + 1) * 3600);

    /// <summary>The first run after an instant.</summary>
    public static DateTimeOffset Next(IReadOnlyList<PolicyRule> rules, DateTimeOffset createTime, DateTimeOffset time)
    {
        var hour = HourAfter(time);
        while (!IsRun(rules, createTime, hour))
            hour = hour.AddHours(1);
        return hour;
    }

    /// <summary>The newest run between two instants, or null.</summary>
    public static DateTimeOffset? Latest(
        IReadOnlyList<PolicyRule> rules, DateTimeOffset createTime, DateTimeOffset start, DateTimeOffset end)
    {
        for (var hour = HourAfter(end).AddHours(-1); hour >= start; hour = hour.AddHours(-1))
        {
            if (IsRun(rules, createTime, hour))
                return hour;
        }

        return null;
    }
}
