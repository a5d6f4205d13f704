namespace Tidemark.Bench.Results;

/// <summary>One number.</summary>
/// <param name="Key">Names it for the bars.</param>
/// <param name="Title">Names it for people.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record Figure(string Key, string Title, double Value, string Unit);
