namespace Tidemark.Bench.Figures;

/// <summary>Order statistics.</summary>
internal static class Quantile
{
    /// <summary>The value that a share of all do not exceed; not a number when there are none.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0
            ? double.NaN
            : sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }

    /// <summary>The middle value; of an even number the lower one of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);
}
