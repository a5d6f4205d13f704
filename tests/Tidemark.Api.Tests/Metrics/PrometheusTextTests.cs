using System.Buffers;
using System.Text;
using Tidemark.Api.Metrics;
using Tidemark.Nbd;

namespace Tidemark.Api.Tests.Metrics;

public sealed class PrometheusTextTests
{
    private static readonly Metric Plain = new("things_total", MetricType.Counter, "Things.");
    private static readonly Metric Times = new("thing_seconds", MetricType.Histogram, "How long things took.");

    [Fact]
    public void A_metric_has_help_type_and_samples()
    {
        var text = Written(text =>
        {
            text.Begin(Plain);
            text.Sample("", 3);
            text.Sample(PrometheusText.Label("kind", "large"), 4.5);
        });

        Assert.Equal(
            "# HELP things_total Things.\n# TYPE things_total counter\nthings_total 3\n"
            + "things_total{kind=\"large\"} 4.5\n",
            text);
    }

    [Theory]
    [InlineData("plain", "name=\"plain\"")]
    [InlineData("a \"quoted\" name", "name=\"a \\\"quoted\\\" name\"")]
    [InlineData("C:\\disk", "name=\"C:\\\\disk\"")]
    [InlineData("two\nlines", "name=\"two\\nlines\"")]
    [InlineData("\\\"\n", "name=\"\\\\\\\"\\n\"")]
    [InlineData("数据盘 {le=\"1\"} 1", "name=\"数据盘 {le=\\\"1\\\"} 1\"")]
    public void A_label_is_escaped(string value, string expected) =>
        Assert.Equal(expected, PrometheusText.Label("name", value));

    [Fact]
    public void Help_is_one_line()
    {
        var text = Written(text => text.Begin(new Metric("m", MetricType.Gauge, "a \\ b\nc \"d\"")));

        Assert.Equal("# HELP m a \\\\ b\\nc \"d\"\n# TYPE m gauge\n", text);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(12345678901234.0, "12345678901234")]
    [InlineData(-0.125, "-0.125")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    public void Numbers_are_written_as_the_format_wants_them(double value, string expected) =>
        Assert.EndsWith($"\nthings_total {expected}\n", Written(text => text.Single(Plain, value)));

    [Fact]
    public void Buckets_add_up_to_the_count_and_end_without_bound()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMicroseconds(10), 2);
        histogram.Record(TimeSpan.FromMilliseconds(1));
        histogram.Record(TimeSpan.FromMinutes(1), 3);

        var lines = Written(text =>
        {
            text.Begin(Times);
            text.Sample(PrometheusText.Label("kind", "read"), histogram);
        }).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("# TYPE thing_seconds histogram", lines[1]);
        Assert.Equal(LatencyHistogram.BucketCount + 4, lines.Length);
        Assert.Equal("thing_seconds_bucket{kind=\"read\",le=\"0.00002\"} 2", lines[2]);
        Assert.Contains("thing_seconds_bucket{kind=\"read\",le=\"0.0005\"} 2", lines);
        Assert.Contains("thing_seconds_bucket{kind=\"read\",le=\"0.001\"} 3", lines);
        Assert.Contains("thing_seconds_bucket{kind=\"read\",le=\"5\"} 3", lines);
        Assert.Equal("thing_seconds_bucket{kind=\"read\",le=\"+Inf\"} 6", lines[^3]);
        Assert.Equal("thing_seconds_sum{kind=\"read\"} 180.00102", lines[^2]);
        Assert.Equal("thing_seconds_count{kind=\"read\"} 6", lines[^1]);
    }

    [Fact]
    public void A_histogram_may_stand_without_labels()
    {
        var text = Written(text =>
        {
            text.Begin(Times);
            text.Sample("", new LatencyHistogram());
        });

        Assert.Contains("\nthing_seconds_bucket{le=\"+Inf\"} 0\nthing_seconds_sum 0\nthing_seconds_count 0\n", text);
    }

    private static string Written(Action<PrometheusText> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new PrometheusText(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
