using Tidemark.Disks.Background;

namespace Tidemark.Disks.Tests;

public sealed class WorkPaceTests
{
    private readonly StoppedClock _clock = new();
    private (long Count, long Ticks) _clients;

    [Fact]
    public void Clients_that_wait_longer_halve_the_rate_down_to_the_least_and_no_further()
    {
        var pace = new WorkPace(_clock);
        Serve(pace, windows: 3, meanMicroseconds: 100);
        Assert.Equal(WorkPace.RateMax, pace.Rate);

        Serve(pace, windows: 1, meanMicroseconds: 200);
        Assert.Equal(WorkPace.RateMax / 2, pace.Rate);
        Serve(pace, windows: 20, meanMicroseconds: 1000);
        Assert.Equal(WorkPace.RateMin, pace.Rate);
    }

    [Fact]
    public void The_rate_rises_again_when_clients_are_answered_as_before_and_at_once_when_they_are_gone()
    {
        var pace = new WorkPace(_clock);
        Serve(pace, windows: 1, meanMicroseconds: 100);
        Serve(pace, windows: 10, meanMicroseconds: 1000);
        var slow = pace.Rate;
        Serve(pace, windows: 1, meanMicroseconds: 100);
        Assert.Equal(slow + (slow / 4), pace.Rate);

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        pace.NextBudget(isIdle: true, _clients);
        Assert.Equal(WorkPace.RateMax, pace.Rate);
    }

    [Fact]
    public void What_is_spent_is_rested_for_at_the_rate_and_a_step_that_took_long_for_four_times_as_long()
    {
        var pace = new WorkPace(_clock);
        Serve(pace, windows: 1, meanMicroseconds: 100);
        Serve(pace, windows: 20, meanMicroseconds: 1000);

        var rest = pace.RestAfter(8L << 20, TimeSpan.Zero);
        Assert.InRange(rest, TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromMilliseconds(80), pace.RestAfter(0, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void A_step_takes_little_at_once_while_clients_are_served_and_never_nothing()
    {
        var pace = new WorkPace(_clock);
        Assert.InRange(pace.NextBudget(isIdle: false, _clients), 1, 1L << 20);
        pace.RestAfter(1L << 30, TimeSpan.Zero);
        Assert.InRange(pace.NextBudget(isIdle: false, _clients), 1, 1L << 20);
    }

    private void Serve(WorkPace pace, int windows, int meanMicroseconds)
    {
        for (var window = 0; window < windows; window++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            var took = TimeSpan.FromMicroseconds(100 * meanMicroseconds).Ticks;
            _clients = (_clients.Count + 100, _clients.Ticks + took);
            pace.NextBudget(isIdle: false, _clients);
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
