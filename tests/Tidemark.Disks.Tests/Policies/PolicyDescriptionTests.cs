using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

public sealed class PolicyDescriptionTests
{
    private static readonly DateTimeOffset Made = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_schedule_reads_as_a_sentence()
    {
        AssertSchedule(
            "Every Monday to Friday at 00:00, 06:00, 12:00 and 18:00 (UTC+8).",
            new PolicyRule { Hours = [18, 0, 6, 12], DaysOfWeek = [5, 4, 3, 2, 1] });
        AssertSchedule(
            "Every Saturday and Sunday at 03:00 (UTC+8).", new PolicyRule { Hours = [3], DaysOfWeek = [0, 6] });
        AssertSchedule(
            "Every day at every full hour (UTC+8).",
            new PolicyRule { Hours = [.. Enumerable.Range(0, 24)], DaysOfWeek = [0, 1, 2, 3, 4, 5, 6] });
        AssertSchedule(
            "On the 1st, 15th and 31st of each month that has them at 02:00 (UTC+8).",
            new PolicyRule { Hours = [2], DaysOfMonth = [31, 1, 15] });
        AssertSchedule(
            "Every 3 days, counted from 2026-03-04, at 02:00; also every day at 14:00 (UTC+8).",
            new PolicyRule { Hours = [2], IntervalDays = 3 },
            new PolicyRule { Hours = [14], IntervalDays = 1 });
    }

    [Fact]
    public void A_retention_reads_as_a_sentence()
    {
        AssertRetention("Each snapshot stays for 7 days.", PolicyRetention.Usual);
        AssertRetention("Each snapshot stays for 1 month.", new() { Months = 1 });
        AssertRetention("Each snapshot stays until somebody deletes it.", new() { IsPermanent = true });
        AssertRetention("Of each disk the newest 14 snapshots will stay.", new() { Amount = 14 });
        AssertRetention(
            "Of each disk one snapshot stays, the newest, for each of the last 7 days, 4 weeks and 1 year.",
            new() { Advanced = new(7, 4, 0, 1) });
    }

    private static void AssertSchedule(string expected, params PolicyRule[] rules) => Assert.Equal(
        expected + " Each snapshot stays for 7 days.", PolicyDescription.Of(rules, PolicyRetention.Usual, Made));

    private static void AssertRetention(string expected, PolicyRetention retention) => Assert.EndsWith(
        " (UTC+8). " + expected,
        PolicyDescription.Of([new PolicyRule { Hours = [0], IntervalDays = 1 }], retention, Made),
        StringComparison.Ordinal);
}
