using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

/// <summary>Random schedules, retentions and instants; the seed is in the test's output.</summary>
internal sealed class RandomPolicies
{
    private static readonly DateTimeOffset Start = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public RandomPolicies(string name)
    {
        var text = Environment.GetEnvironmentVariable("TIDEMARK_SEED") is { Length: > 0 } given ? given : "tidemark";
        var message = $"TIDEMARK_SEED={text}";
        TestContext.Current.TestOutputHelper?.WriteLine(message);
        var hash = 17;
        foreach (var letter in text + name)
            hash = unchecked((hash * 31) + letter);
        Random = new Random(hash);
    }

    public Random Random { get; }

    /// <summary>An instant within six years, half of the time a full hour.</summary>
    public DateTimeOffset Instant()
    {
        var hour = Start.AddHours(Random.Next(6 * 366 * 24));
        return Random.Next(2) == 0 ? hour : hour.AddMilliseconds(Random.Next(3_600_000));
    }

    public IReadOnlyList<PolicyRule> Rules() => [.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => Rule())];

    public AdvancedRetention Advanced()
    {
        var counts = Enumerable.Range(0, 4).Select(_ => Random.Next(3) == 0 ? 0 : Random.Next(1, 8)).ToArray();
        return new AdvancedRetention(counts[0], counts[1], counts[2], counts[3]);
    }

    public PolicyRetention Retention() => Random.Next(5) switch
    {
        0 => new() { IsPermanent = true },
        1 => new() { Days = Random.Next(1, 40) },
        2 => new() { Months = Random.Next(1, 15) },
        3 => new() { Amount = Random.Next(1, 30) },
        _ => new() { Advanced = Advanced() },
    };

    /// <summary>Times in order, far apart or close together.</summary>
    public List<DateTimeOffset> Times(int countMax)
    {
        var times = new List<DateTimeOffset>();
        var time = Instant();
        var gapHoursMax = new[] { 2, 30, 24 * 9, 24 * 50 }[Random.Next(4)];
        for (var count = Random.Next(countMax); count > 0; count--)
        {
            times.Add(time);
            time = time.AddHours(Random.Next(gapHoursMax));
        }

        return times;
    }

    private PolicyRule Rule()
    {
        var rule = new PolicyRule { Hours = Some(0, 23, 5) };
        return Random.Next(3) switch
        {
            0 => rule with { DaysOfWeek = Some(0, 6, 7) },
            1 => rule with { DaysOfMonth = Random.Next(2) == 0 ? Some(29, 31, 2) : Some(1, 31, 6) },
            _ => rule with { IntervalDays = Random.Next(4) == 0 ? Random.Next(1, 366) : Random.Next(1, 12) },
        };
    }

    private List<int> Some(int smallest, int largest, int countMax)
    {
        var numbers = Enumerable.Range(0, Random.Next(1, countMax + 1)).Select(_ => Random.Next(smallest, largest + 1));
        return [.. numbers.Distinct()];
    }
}
