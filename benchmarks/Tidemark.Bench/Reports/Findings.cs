using System.Globalization;
using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;

namespace Tidemark.Bench.Reports;

/// <summary>All stored results together, asked by key.</summary>
/// <param name="results">The sections' results.</param>
internal sealed class Findings(IReadOnlyList<SectionResult> results)
{
    /// <summary>The sections' results.</summary>
    public IReadOnlyList<SectionResult> Results => results;

    /// <summary>A figure; not a number when it was not measured.</summary>
    public double this[string key] => results
        .SelectMany(result => result.Figures)
        .Where(figure => figure.Key == key)
        .Select(figure => figure.Value)
        .FirstOrDefault(double.NaN);

    /// <summary>The rounds of a workload in a setting, or null.</summary>
    public Rounds? Rounds(string setting, string work) => results
        .SelectMany(result => result.Rounds)
        .FirstOrDefault(rounds => rounds.Setting == setting && rounds.Work == work);

    /// <summary>A series, or null.</summary>
    public Series? Series(string key) =>
        results.SelectMany(result => result.Series).FirstOrDefault(series => series.Key == key);

    /// <summary>The median of a ratio within the rounds; not a number when it was not measured.</summary>
    public double Ratio(
        (string Setting, string Work) place, string ours, string theirs, Func<Measurement, double> figure) =>
        Rounds(place.Setting, place.Work)?.Ratio(ours, theirs, figure).Median ?? double.NaN;

    /// <summary>True when every value is there and holds; null when one was not measured.</summary>
    public static bool? Holds(params IEnumerable<(double Value, bool IsHeld)> conditions)
    {
        var all = conditions.ToList();
        return all.Exists(one => double.IsNaN(one.Value)) ? null : all.TrueForAll(one => one.IsHeld);
    }

    /// <summary>A number with as many digits as people read.</summary>
    public static string Text(double value, string unit = "")
    {
        if (double.IsNaN(value))
            return "–";
        var format = Math.Abs(value) switch
        {
            >= 100 => "N0",
            var size when double.IsInteger(size) => "0",
            >= 10 => "0.0",
            _ => "0.00",
        };
        var number = value.ToString(format, CultureInfo.InvariantCulture);
        return unit.Length == 0 ? number : $"{number} {unit}";
    }
}
