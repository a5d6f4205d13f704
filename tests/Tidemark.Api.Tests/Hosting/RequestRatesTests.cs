using Tidemark.Api.Hosting;

namespace Tidemark.Api.Tests.Hosting;

public sealed class RequestRatesTests
{
    private readonly FixedClock _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_seconds_share_ends_and_the_next_second_brings_another()
    {
        var rates = new RequestRates(_clock);

        Assert.True(rates.TryCount("a", "X", 2));
        Assert.True(rates.TryCount("a", "X", 2));
        Assert.False(rates.TryCount("a", "X", 2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rates.TryCount("a", "X", 2));
    }

    [Fact]
    public void Keys_and_actions_are_counted_apart()
    {
        var rates = new RequestRates(_clock);

        Assert.True(rates.TryCount("a", "X", 1));
        Assert.True(rates.TryCount("b", "X", 1));
        Assert.True(rates.TryCount("a", "Y", 1));
        Assert.False(rates.TryCount("a", "X", 1));
    }
}
