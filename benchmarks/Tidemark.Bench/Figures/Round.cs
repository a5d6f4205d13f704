namespace Tidemark.Bench.Figures;

/// <summary>Every server once, one after the other, under the same workload.</summary>
/// <param name="Noise">The machine at the start of the round.</param>
/// <param name="ByServer">What each did, by the server's key.</param>
internal sealed record Round(Noise Noise, IReadOnlyDictionary<string, Measurement> ByServer);
