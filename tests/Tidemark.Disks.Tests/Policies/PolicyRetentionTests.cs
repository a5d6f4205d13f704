using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

public sealed class PolicyRetentionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Days_and_months_give_a_deadline_and_other_ways_none()
    {
        Assert.Equal(Noon.AddDays(7), PolicyRetention.Usual.DeadlineOf(Noon));
        Assert.Equal(
            new DateTimeOffset(2026, 2, 27, 17, 0, 0, TimeSpan.Zero),
            new PolicyRetention { Months = 1 }.DeadlineOf(new DateTimeOffset(2026, 1, 30, 17, 0, 0, TimeSpan.Zero)));
        Assert.Null(new PolicyRetention { IsPermanent = true }.DeadlineOf(Noon));
        Assert.Null(new PolicyRetention { Amount = 1 }.DeadlineOf(Noon));
        Assert.Null(new PolicyRetention { Advanced = new(1, 0, 0, 0) }.DeadlineOf(Noon));
    }

    [Fact]
    public void The_advanced_way_thins_out_with_age()
    {
        // Twice a day for 60 days; the newest is of Wednesday, 4 March.
        var times = Enumerable.Range(0, 120).Select(index => Noon.AddHours(12 * (index - 119))).ToList();

        var isKept = new PolicyRetention { Advanced = new(3, 2, 3, 1) }.Keep(times, Noon);

        // Days: 4, 3 and 2 March; weeks: this one and, until Sunday, the last; months: March, February, January.
        Assert.Equal(
            ["01-31 12", "02-28 12", "03-01 12", "03-02 12", "03-03 12", "03-04 12"],
            times.Where((_, index) => isKept[index]).Select(time => $"{PolicyClock.Local(time):MM-dd HH}"));
    }

    [Fact]
    public void Nothing_goes_while_no_new_snapshot_comes()
    {
        List<DateTimeOffset> times = [Noon, Noon.AddDays(1), Noon.AddDays(2)];

        var isKept = new PolicyRetention { Advanced = new(3, 0, 0, 0) }.Keep(times, Noon.AddYears(3));

        Assert.Equal([true, true, true], isKept);
        Assert.Empty(new PolicyRetention { Advanced = new(1, 1, 1, 1) }.Keep([], Noon));
    }

    [Fact]
    public void What_is_kept_is_what_a_look_at_each_one_keeps()
    {
        var source = new RandomPolicies(nameof(What_is_kept_is_what_a_look_at_each_one_keeps));
        for (var number = 0; number < 4_000; number++)
        {
            var retention = source.Retention();
            var times = source.Times(60);
            var now = (times.Count > 0 ? times[^1] : Noon).AddHours(source.Random.Next(24 * 20));

            var kept = retention.Keep(times, now);

            Assert.Equal(times.Select((_, index) => SlowRetention.Keeps(retention, times, index, now)), kept);
        }
    }
}
