namespace Tidemark.Nbd.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_time_is_counted_in_the_first_bucket_whose_bound_it_does_not_exceed()
    {
        var histogram = new LatencyHistogram();

        histogram.Record(TimeSpan.FromMicroseconds(20));
        histogram.Record(TimeSpan.FromMicroseconds(20.1), 3);
        histogram.Record(TimeSpan.FromSeconds(5));
        histogram.Record(TimeSpan.FromMinutes(1), 2);

        Assert.Equal(1, histogram.CountIn(0));
        Assert.Equal(3, histogram.CountIn(1));
        Assert.Equal(1, histogram.CountIn(LatencyHistogram.BucketCount - 2));
        Assert.Equal(2, histogram.CountIn(LatencyHistogram.BucketCount - 1));
        Assert.Equal(7, histogram.Count);
        Assert.Equal(TimeSpan.FromMicroseconds(20 + (3 * 20.1)) + TimeSpan.FromSeconds(125), histogram.Sum);
    }

    [Fact]
    public void Bounds_rise_and_only_the_last_bucket_has_none()
    {
        var bounds = Enumerable.Range(0, LatencyHistogram.BucketCount).Select(LatencyHistogram.BoundOf).ToList();

        Assert.Null(bounds[^1]);
        Assert.Equal(bounds[..^1].Order().Distinct(), bounds[..^1]);
    }

    [Fact]
    public void A_clock_that_goes_back_does_not_make_the_sum_fall()
    {
        var histogram = new LatencyHistogram();

        histogram.Record(TimeSpan.FromSeconds(-1));

        Assert.Equal((1, TimeSpan.Zero), (histogram.Count, histogram.Sum));
    }

    [Fact]
    public void Adding_up_loses_nothing()
    {
        var one = new LatencyHistogram();
        var sum = new LatencyHistogram();
        one.Record(TimeSpan.FromMilliseconds(3), 5);

        sum.Add(one);
        sum.Add(one);

        Assert.Equal((10, one.Sum * 2), (sum.Count, sum.Sum));
    }

    [Fact]
    public async Task Many_threads_lose_no_count()
    {
        var histogram = new LatencyHistogram();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
                histogram.Record(TimeSpan.FromMicroseconds(i));
        })));

        Assert.Equal(40_000, histogram.Count);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            histogram.Record(TimeSpan.FromMicroseconds(i), 2);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
