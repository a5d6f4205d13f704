using System.Globalization;
using System.Text.RegularExpressions;

namespace Tidemark.Program.Tests;

/// <summary>The answer to one scrape, taken apart by the rules of the format.</summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    public Scrape(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TypeLine().Match(line) is { Success: true } type)
                Types.Add(type.Groups[1].Value, type.Groups[2].Value);
            if (line[0] == '#')
                continue;
            var sample = SampleLine().Match(line);
            Assert.True(sample.Success, $"This is no sample: {line}");
            _samples.Add(sample.Groups[1].Value + sample.Groups[2].Value, Number(sample.Groups[3].Value));
        }
    }

    /// <summary>The type of each metric.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Every name that a query may use: metrics, and the parts of histograms.</summary>
    public IReadOnlySet<string> Names => Types
        .SelectMany(type => type.Value == "histogram"
            ? new[] { $"{type.Key}_bucket", $"{type.Key}_sum", $"{type.Key}_count" }
            : [type.Key])
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>A sample by its name and labels, as they stand in the text.</summary>
    public double this[string nameAndLabels] => _samples.TryGetValue(nameAndLabels, out var value)
        ? value
        : throw new KeyNotFoundException($"There is no sample {nameAndLabels}.");

    /// <summary>A sample, or 0 when there is none.</summary>
    public double ValueOr0(string nameAndLabels) => _samples.GetValueOrDefault(nameAndLabels);

    private static double Number(string text) =>
        text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^# TYPE (\\w+) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^([a-zA-Z_:][\w:]*)(\{(?:\w+="(?:[^"\\]|\\["\\n])*",?)+\})? (\S+)$""")]
    private static partial Regex SampleLine();
}
