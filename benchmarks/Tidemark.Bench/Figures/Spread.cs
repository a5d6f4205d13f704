namespace Tidemark.Bench.Figures;

/// <summary>A median and how far the values around it lie.</summary>
/// <param name="Lower">A quarter of the values do not exceed it.</param>
/// <param name="Median">The middle value.</param>
/// <param name="Upper">Three quarters of the values do not exceed it.</param>
internal readonly record struct Spread(double Lower, double Median, double Upper)
{
    /// <summary>The spread of some values.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        return new Spread(Quantile.Of(all, 0.25), Quantile.Median(all), Quantile.Of(all, 0.75));
    }
}
