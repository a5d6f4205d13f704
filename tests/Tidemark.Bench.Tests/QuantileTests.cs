using Tidemark.Bench.Figures;

namespace Tidemark.Bench.Tests;

public sealed class QuantileTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 0.5, 7)]
    [InlineData(new double[] { 3, 1, 2 }, 0.5, 2)]
    [InlineData(new double[] { 4, 3, 2, 1 }, 0.5, 2)]
    [InlineData(new double[] { 4, 3, 2, 1 }, 0, 1)]
    [InlineData(new double[] { 4, 3, 2, 1 }, 1, 4)]
    public void A_quantile_is_the_smallest_value_that_the_share_does_not_exceed(
        double[] values, double share, double expected) => Assert.Equal(expected, Quantile.Of(values, share));

    [Fact]
    public void The_99th_percentile_of_a_hundred_is_the_99th_value() =>
        Assert.Equal(99, Quantile.Of(Enumerable.Range(1, 100).Select(value => (double)value), 0.99));

    [Fact]
    public void Of_nothing_there_is_no_quantile() => Assert.True(double.IsNaN(Quantile.Median([])));

    [Fact]
    public void A_spread_has_the_quartiles_around_the_median() =>
        Assert.Equal(new Spread(2, 4, 6), Spread.Of([7, 6, 5, 4, 3, 2, 1]));
}
