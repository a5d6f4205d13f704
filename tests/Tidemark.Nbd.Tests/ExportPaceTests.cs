using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>The arithmetic of a pace, by a clock that the test moves.</summary>
public sealed class ExportPaceTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public void Requests_come_evenly()
    {
        var pace = NewPace(requestsPerSecond: 100, bytesPerSecond: 0);

        Assert.Equal([0, 10, 20, 30], Waits(pace, 4, lengthBytes: 4096));
    }

    [Fact]
    public void Bytes_come_evenly_whatever_the_length_of_requests()
    {
        var pace = NewPace(requestsPerSecond: 0, bytesPerSecond: 1 << 20);

        Assert.Equal([0, 500, 1000], Waits(pace, 3, lengthBytes: 1 << 19));
        Assert.Equal([1500, 2500], Waits(pace, 2, lengthBytes: 1 << 20));
    }

    [Fact]
    public void The_tighter_limit_holds()
    {
        var pace = NewPace(requestsPerSecond: 100, bytesPerSecond: 1 << 20);

        Assert.Equal([0, 10, 20], Waits(pace, 3, lengthBytes: 512));
        Assert.Equal([30, 1000 + 1], Waits(pace, 2, lengthBytes: 1 << 20).Select(wait => wait > 1000 ? 1001 : wait));
    }

    [Fact]
    public void Time_that_passes_pays_and_little_of_it_is_saved()
    {
        var pace = NewPace(requestsPerSecond: 1000, bytesPerSecond: 0);
        Waits(pace, 5, lengthBytes: 0);

        _time.Move(TimeSpan.FromMilliseconds(3));
        Assert.Equal([2, 3], Waits(pace, 2, lengthBytes: 0));

        _time.Move(TimeSpan.FromHours(1));
        Assert.Equal(51, Waits(pace, 60, lengthBytes: 0).Count(wait => wait == 0));
    }

    [Fact]
    public void A_burst_uses_what_was_saved()
    {
        var pace = new ExportPace(_time);
        pace.SetLimits(100, 0, TimeSpan.FromSeconds(2));
        _time.Move(TimeSpan.FromHours(1));

        Assert.Equal(201, Waits(pace, 300, lengthBytes: 0).Count(wait => wait == 0));
    }

    [Fact]
    public void Without_limits_nothing_waits()
    {
        var pace = new ExportPace(_time);

        Assert.All(Waits(pace, 1000, lengthBytes: 1 << 20), wait => Assert.Equal(0, wait));
    }

    [Fact]
    public void New_limits_hold_from_then_on()
    {
        var pace = NewPace(requestsPerSecond: 10, bytesPerSecond: 0);
        Assert.Equal([0, 100], Waits(pace, 2, lengthBytes: 0));

        pace.SetLimits(1000, 0, TimeSpan.Zero);
        Assert.Equal([200, 201, 202], Waits(pace, 3, lengthBytes: 0));

        pace.SetLimits(0, 0, TimeSpan.Zero);
        _time.Move(TimeSpan.FromMilliseconds(203));
        Assert.Equal([0, 0, 0], Waits(pace, 3, lengthBytes: 0));
    }

    [Fact]
    public void Takers_at_the_same_time_get_a_place_each()
    {
        var pace = NewPace(requestsPerSecond: 1000, bytesPerSecond: 0);
        var waits = new System.Collections.Concurrent.ConcurrentBag<double>();
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            foreach (var wait in Waits(pace, 250, lengthBytes: 0))
                waits.Add(wait);
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(Enumerable.Range(0, 1000).Select(wait => (double)wait), waits.Order());
    }

    private ExportPace NewPace(long requestsPerSecond, long bytesPerSecond)
    {
        var pace = new ExportPace(_time);
        pace.SetLimits(requestsPerSecond, bytesPerSecond, TimeSpan.Zero);
        return pace;
    }

    // In milliseconds.
    private static List<double> Waits(ExportPace pace, int count, long lengthBytes) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Round(pace.Lacking(pace.Take(lengthBytes)).TotalMilliseconds))];
}
