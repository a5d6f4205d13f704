namespace Tidemark.Bench;

/// <summary>One workload on both.</summary>
/// <param name="Work">Its name.</param>
/// <param name="Tidemark">The medians of the product.</param>
/// <param name="Peer">The medians of the peer.</param>
/// <param name="IopsRatio">The median of the pairs' ratios: above 1 the product is faster.</param>
/// <param name="CpuRatio">The same for processor time: below 1 the product needs less.</param>
internal sealed record ComparisonRow(
    string Work, Measurement Tidemark, Measurement Peer, double IopsRatio, double CpuRatio);
