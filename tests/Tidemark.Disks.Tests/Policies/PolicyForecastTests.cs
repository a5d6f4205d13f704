using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

public sealed class PolicyForecastTests
{
    private const int DayCount = 20;

    [Fact]
    public void A_forecast_is_what_a_walk_hour_by_hour_finds()
    {
        var source = new RandomPolicies(nameof(A_forecast_is_what_a_walk_hour_by_hour_finds));
        for (var number = 0; number < 400; number++)
        {
            var (rules, retention, made) = (source.Rules(), source.Retention(), source.Instant());
            var now = made.AddMinutes(source.Random.Next(60 * 24 * 90));
            var existing = Existing(source, retention, now);

            var days = PolicyForecast.Of(new PolicyCalendar(rules, made), retention, existing, now, DayCount);

            var expected = Walk(rules, retention, made, existing, now);
            Assert.Equal(expected.Count, days.Count);
            for (var index = 0; index < DayCount; index++)
                Assert.Equal(expected[index], days[index].Kept.Select(snapshot => snapshot.Time));
            AssertAddsUp(existing, days);
        }
    }

    [Fact]
    public void What_is_locked_or_shared_stays()
    {
        var now = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
        var held = new ForecastSnapshot("snap-00000001", now.AddDays(-9), now.AddDays(1), true);
        var free = held with { SnapshotId = "snap-00000002", IsHeld = false };
        var calendar = new PolicyCalendar([new PolicyRule { Hours = [0], IntervalDays = 1 }], now);

        var days = PolicyForecast.Of(calendar, new PolicyRetention { Amount = 1 }, [held, free], now, 3);

        Assert.Equal(["snap-00000002"], days.SelectMany(day => day.Dropped).Select(each => each.SnapshotId).Take(1));
        Assert.Contains(held, days[^1].Kept);
        Assert.Equal(2, days[^1].Kept.Count);
    }

    private static List<ForecastSnapshot> Existing(
        RandomPolicies source, PolicyRetention retention, DateTimeOffset now) =>
    [
        .. source.Times(20).Select((_, index) => now.AddHours(-source.Random.Next(1, 24 * 60)).AddSeconds(-index))
            .Order()
            .Select((time, index) => new ForecastSnapshot(
                $"snap-{index:D8}", time, retention.DeadlineOf(time), source.Random.Next(5) == 0)),
    ];

    private static List<List<DateTimeOffset>> Walk(
        IReadOnlyList<PolicyRule> rules,
        PolicyRetention retention,
        DateTimeOffset made,
        IEnumerable<ForecastSnapshot> existing,
        DateTimeOffset now)
    {
        var snapshots = existing.ToList();
        var days = new List<List<DateTimeOffset>>();
        for (var hour = SlowCalendar.HourAfter(now); days.Count < DayCount; hour = hour.AddHours(1))
        {
            var isMidnight = hour.UtcDateTime.AddHours(8).Hour == 0;
            if (isMidnight)
            {
                snapshots.RemoveAll(each => !each.IsHeld && each.Deadline < hour);
                days.Add([.. snapshots.Select(each => each.Time)]);
            }

            snapshots.RemoveAll(each => !each.IsHeld && each.Deadline <= hour);
            if (!SlowCalendar.IsRun(rules, made, hour))
                continue;
            snapshots.Add(new ForecastSnapshot(null, hour, retention.DeadlineOf(hour), false));
            if (retention.Amount == 0 && retention.Advanced is null)
                continue;
            var times = snapshots.Select(each => each.Time).ToList();
            snapshots = [.. snapshots.Where(
                (each, index) => each.IsHeld || SlowRetention.Keeps(retention, times, index, hour))];
        }

        return days;
    }

    private static void AssertAddsUp(IEnumerable<ForecastSnapshot> existing, IReadOnlyList<ForecastDay> days)
    {
        var there = existing.ToList();
        foreach (var day in days)
        {
            there.AddRange(day.Made);
            foreach (var dropped in day.Dropped)
                Assert.True(there.Remove(dropped), $"{dropped} was dropped twice, or never there.");
            Assert.Equal(there.OrderBy(each => each.Time), day.Kept);
        }
    }
}
