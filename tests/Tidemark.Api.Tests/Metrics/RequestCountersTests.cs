using Tidemark.Api.Metrics;

namespace Tidemark.Api.Tests.Metrics;

public sealed class RequestCountersTests
{
    [Fact]
    public void Answers_are_counted_by_action_and_code()
    {
        var counters = new RequestCounters();

        counters.Count("CreateDisks", RequestCounters.Success, TimeSpan.FromMilliseconds(1));
        counters.Count("CreateDisks", RequestCounters.Success, TimeSpan.FromMilliseconds(1));
        counters.Count("CreateDisks", "InvalidParameterValue", TimeSpan.FromMilliseconds(1));

        Assert.Equal(
            [(("CreateDisks", "InvalidParameterValue"), 1L), (("CreateDisks", "Success"), 2L)],
            counters.Counts.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(3, Assert.Single(counters.Latencies).Value.Count);
    }

    [Fact]
    public void Actions_that_do_not_exist_are_one()
    {
        var counters = new RequestCounters();

        for (var i = 0; i < 1000; i++)
            counters.Count($"Nonsense{i}", "InvalidAction", TimeSpan.Zero);

        var counted = Assert.Single(counters.Counts);
        Assert.Equal(((RequestCounters.UnknownAction, "InvalidAction"), 1000L), (counted.Key, counted.Value));
    }

    [Fact]
    public void Codes_are_bounded_in_number()
    {
        var counters = new RequestCounters();

        for (var i = 0; i < 10_000; i++)
            counters.Count("CreateDisks", $"Code{i}", TimeSpan.Zero);

        Assert.InRange(counters.Counts.Count, 1, 5000);
        Assert.Equal(10_000, counters.Counts.Sum(pair => pair.Value));
    }
}
