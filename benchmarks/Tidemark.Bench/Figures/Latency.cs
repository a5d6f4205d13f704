namespace Tidemark.Bench.Figures;

/// <summary>How long requests took, in microseconds.</summary>
/// <param name="P50">Half took no longer.</param>
/// <param name="P99">Ninety-nine in a hundred took no longer.</param>
/// <param name="P999">Nine hundred and ninety-nine in a thousand took no longer.</param>
/// <param name="Longest">The longest of all.</param>
internal sealed record Latency(double P50, double P99, double P999, double Longest);
