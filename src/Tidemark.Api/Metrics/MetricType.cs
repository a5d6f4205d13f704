namespace Tidemark.Api.Metrics;

/// <summary>The types of Prometheus' text format that are used here.</summary>
internal enum MetricType
{
    /// <summary>Rises until the process ends.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts in buckets, sum and count.</summary>
    Histogram,
}
