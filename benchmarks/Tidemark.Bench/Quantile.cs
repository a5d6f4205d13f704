namespace Tidemark.Bench;

/// <summary>Order statistics.</summary>
internal static class Quantile
{
    /// <summary>The value that a share of all do not exceed.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>The middle value.</summary>
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);
}
