using System.Globalization;
using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

public sealed class PolicyCalendarTests
{
    private const int CaseCount = 5_000;

    [Theory]
    [InlineData("2026-03-02 00:00", "2026-03-04 05:00", "2026-03-05 01:00")]
    [InlineData("2026-03-02 00:00", "2026-03-05 00:59", "2026-03-05 01:00")]
    [InlineData("2026-03-02 00:00", "2026-03-05 01:00", "2026-03-05 13:00")]
    [InlineData("2026-03-02 00:00", "2026-03-05 13:00", "2026-03-12 01:00")]
    public void A_weekly_schedule_runs_at_its_hours_in_the_time_of_the_api(string made, string after, string next) =>
        AssertNext(new PolicyRule { Hours = [13, 1], DaysOfWeek = [4] }, made, after, next);

    [Theory]
    [InlineData("2026-01-30 12:00", "2026-01-31 02:00")]
    [InlineData("2026-01-31 02:00", "2026-03-31 02:00")]
    [InlineData("2026-03-31 02:00", "2026-05-31 02:00")]
    public void A_month_without_the_day_is_skipped(string after, string next) =>
        AssertNext(new PolicyRule { Hours = [2], DaysOfMonth = [31] }, "2020-01-01 00:00", after, next);

    [Fact]
    public void The_29th_of_February_comes_every_fourth_year() => AssertNext(
        new PolicyRule { Hours = [2], DaysOfMonth = [29] }, "2020-01-01 00:00", "2027-01-29 02:00", "2027-03-29 02:00");

    [Theory]
    [InlineData("2026-03-04 09:59", "2026-03-04 10:00")]
    [InlineData("2026-03-04 10:00", "2026-03-09 10:00")]
    [InlineData("2026-03-04 11:00", "2026-03-09 10:00")]
    public void An_interval_begins_on_the_first_day_or_one_period_later(string made, string next) =>
        AssertNext(new PolicyRule { Hours = [10], IntervalDays = 5 }, made, made, next);

    [Fact]
    public void Days_of_the_week_count_before_days_of_the_month_and_those_before_intervals()
    {
        var rule = new PolicyRule { Hours = [0], DaysOfWeek = [0], DaysOfMonth = [4], IntervalDays = 1 };

        AssertNext(rule, "2026-03-02 00:00", "2026-03-02 00:00", "2026-03-08 00:00");
        AssertNext(rule with { DaysOfWeek = [] }, "2026-03-02 00:00", "2026-03-02 00:00", "2026-03-04 00:00");
    }

    [Fact]
    public void Next_and_latest_runs_are_those_of_a_walk_hour_by_hour()
    {
        var source = new RandomPolicies(nameof(Next_and_latest_runs_are_those_of_a_walk_hour_by_hour));
        for (var number = 0; number < CaseCount; number++)
        {
            var rules = source.Rules();
            var made = source.Instant();
            var time = made.AddHours(source.Random.Next(-1000, 40_000)).AddMinutes(source.Random.Next(60));
            var calendar = new PolicyCalendar(rules, made);

            Assert.Equal(SlowCalendar.Next(rules, made, time), calendar.NextAfter(time));
            var start = calendar.NextAfter(made);
            Assert.Equal(
                SlowCalendar.Latest(rules, made, start, start.AddHours(number)),
                calendar.LatestWithin(start, start.AddHours(number)));
        }
    }

    [Fact]
    public void All_runs_of_several_years_are_those_of_a_walk_hour_by_hour()
    {
        var source = new RandomPolicies(nameof(All_runs_of_several_years_are_those_of_a_walk_hour_by_hour));
        for (var number = 0; number < 40; number++)
        {
            var rules = source.Rules();
            var made = source.Instant();
            var calendar = new PolicyCalendar(rules, made);
            var expected = new List<DateTimeOffset>();
            var end = made.AddDays(5 * 366);
            for (var hour = SlowCalendar.HourAfter(made); hour <= end; hour = hour.AddHours(1))
            {
                if (SlowCalendar.IsRun(rules, made, hour))
                    expected.Add(hour);
            }

            Assert.Equal(expected, calendar.NextRuns(made, expected.Count));
        }
    }

    private static void AssertNext(PolicyRule rule, string made, string after, string next) =>
        Assert.Equal(At(next), new PolicyCalendar([rule], At(made)).NextAfter(At(after)));

    private static DateTimeOffset At(string text) => new(
        DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
