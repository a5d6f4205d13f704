namespace Tidemark.Bench.Figures;

/// <summary>What the machine did on its own at the start of a round: the same fixed work each time.</summary>
/// <param name="ComputeMs">A fixed loop over memory, on all processors at once.</param>
/// <param name="SyncMs">The median of a few 4 KiB appends with fdatasync.</param>
internal sealed record Noise(double ComputeMs, double SyncMs);
