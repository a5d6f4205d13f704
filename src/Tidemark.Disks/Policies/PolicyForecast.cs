namespace Tidemark.Disks.Policies;

/// <summary>
/// What a policy will do to the snapshots of one disk, if all its runs succeed and nobody interferes. Pure.
/// </summary>
public sealed class PolicyForecast
{
    private readonly PolicyCalendar _calendar;
    private readonly PolicyRetention _retention;
    private readonly List<ForecastSnapshot> _snapshots;
    private readonly List<ForecastSnapshot> _made = [];
    private readonly List<ForecastSnapshot> _dropped = [];

    private PolicyForecast(
        PolicyCalendar calendar, PolicyRetention retention, IEnumerable<ForecastSnapshot> existing)
    {
        _calendar = calendar;
        _retention = retention;
        _snapshots = [.. existing.OrderBy(snapshot => snapshot.Time)];
    }

    /// <summary>The days from that of an instant on.</summary>
    /// <param name="calendar">When the policy runs.</param>
    /// <param name="retention">What it keeps.</param>
    /// <param name="existing">The policy's snapshots of the disk that there are now.</param>
    /// <param name="now">The instant; runs later than it are foreseen.</param>
    /// <param name="dayCount">How many days, the first one included.</param>
    public static IReadOnlyList<ForecastDay> Of(
        PolicyCalendar calendar,
        PolicyRetention retention,
        IEnumerable<ForecastSnapshot> existing,
        DateTimeOffset now,
        int dayCount)
    {
        var forecast = new PolicyForecast(calendar, retention, existing);
        var firstDay = PolicyClock.DayOf(now);
        var days = new List<ForecastDay>(dayCount);
        var run = calendar.NextAfter(now);
        for (var index = 0; index < dayCount; index++)
            days.Add(forecast.Live(firstDay.AddDays(index), ref run));
        return days;
    }

    private ForecastDay Live(DateOnly day, ref DateTimeOffset run)
    {
        _made.Clear();
        _dropped.Clear();
        var end = PolicyClock.At(day.AddDays(1), 0);
        while (run < end)
        {
            Make(run);
            run = _calendar.NextAfter(run);
        }

        Drop(snapshot => !snapshot.IsHeld && snapshot.Deadline < end);
        return new ForecastDay(day, [.. _made], [.. _dropped], [.. _snapshots]);
    }

    private void Make(DateTimeOffset time)
    {
        // What is due by then is gone before the look, which would count it otherwise.
        Drop(snapshot => !snapshot.IsHeld && snapshot.Deadline <= time);
        var snapshot = new ForecastSnapshot(null, time, _retention.DeadlineOf(time), false);
        _snapshots.Add(snapshot);
        _made.Add(snapshot);
        if (!_retention.IsByLook)
            return;
        var isKept = _retention.Keep([.. _snapshots.Select(each => each.Time)], time);
        var doomed = _snapshots.Where((each, index) => !isKept[index] && !each.IsHeld).ToHashSet();
        Drop(doomed.Contains);
    }

    private void Drop(Predicate<ForecastSnapshot> isDoomed)
    {
        _dropped.AddRange(_snapshots.Where(each => isDoomed(each)));
        _snapshots.RemoveAll(isDoomed);
    }
}
