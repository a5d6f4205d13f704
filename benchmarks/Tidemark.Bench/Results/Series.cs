namespace Tidemark.Bench.Results;

/// <summary>A line of a plot.</summary>
/// <param name="Key">Names it for the plots.</param>
/// <param name="X">Along.</param>
/// <param name="Y">Up; as many as <paramref name="X"/>.</param>
internal sealed record Series(string Key, IReadOnlyList<double> X, IReadOnlyList<double> Y);
