namespace Tidemark.Api.Metrics;

/// <summary>A metric of <c>/metrics</c>: its name never changes its meaning.</summary>
/// <param name="Name">Its name, in base units, the unit last but for <c>_total</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">What it says, in one line.</param>
internal sealed record Metric(string Name, MetricType Type, string Help);
