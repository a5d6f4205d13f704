using System.Buffers;
using System.Globalization;
using System.Text;
using Tidemark.Nbd;

namespace Tidemark.Api.Metrics;

/// <summary>
/// Writes Prometheus' text format, version 0.0.4: for each metric HELP and TYPE, then its samples.
/// </summary>
internal sealed class PrometheusText(IBufferWriter<byte> output)
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    // As a client of the format expects to see them, in seconds, not in some computed notation.
    private static readonly string[] BoundTexts =
    [
        .. Enumerable.Range(0, LatencyHistogram.BucketCount).Select(bucket =>
            LatencyHistogram.BoundOf(bucket) is { } bound
                ? bound.TotalSeconds.ToString("0.#########", CultureInfo.InvariantCulture)
                : "+Inf"),
    ];

    private readonly IBufferWriter<byte> _output = output;
    private Metric? _metric;

    /// <summary>
    /// One label as it stands between the braces: <c>name="value"</c>, the value escaped; several are joined by commas.
    /// </summary>
    public static string Label(string name, string value) => $"{name}=\"{Escape(value)}\"";

    /// <summary>Begins a metric; its samples follow. Each metric once.</summary>
    public void Begin(Metric metric)
    {
        _metric = metric;
        var help = metric.Help
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        Write($"# HELP {metric.Name} {help}\n# TYPE {metric.Name} {TypeText(metric.Type)}\n");
    }

    /// <summary>One metric with one sample.</summary>
    public void Single(Metric metric, double value)
    {
        Begin(metric);
        Sample("", value);
    }

    /// <summary>A sample of the metric that was begun.</summary>
    /// <param name="labels">From <see cref="Label"/>; empty for none.</param>
    /// <param name="value">The value.</param>
    public void Sample(string labels, double value) => Line(Begun().Name, "", labels, value);

    /// <summary>A histogram of the metric that was begun: buckets that include the smaller ones, sum, count.</summary>
    public void Sample(string labels, LatencyHistogram histogram)
    {
        var name = Begun().Name;
        var separator = labels.Length == 0 ? "" : ",";

        // The count is made of the buckets, so that the two agree while others go on recording.
        var count = 0L;
        for (var bucket = 0; bucket < BoundTexts.Length; bucket++)
        {
            count += histogram.CountIn(bucket);
            Line(name, "_bucket", $"{labels}{separator}le=\"{BoundTexts[bucket]}\"", count);
        }

        Line(name, "_sum", labels, histogram.Sum.TotalSeconds);
        Line(name, "_count", labels, count);
    }

    /// <summary>A line for people, which programs ignore.</summary>
    public void Comment(string text) => Write($"# {text.ReplaceLineEndings(" ")}\n");

    private static string Escape(string value)
    {
        if (value.AsSpan().IndexOfAny('\\', '"', '\n') < 0)
            return value;
        return value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
    }

    private static string TypeText(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge => "gauge",
        _ => "histogram",
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private Metric Begun() => _metric ?? throw new InvalidOperationException("A sample needs a metric before it.");

    private void Line(string name, string suffix, string labels, double value)
    {
        var braced = labels.Length == 0 ? "" : $"{{{labels}}}";
        Write($"{name}{suffix}{braced} {Number(value)}\n");
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);
}
