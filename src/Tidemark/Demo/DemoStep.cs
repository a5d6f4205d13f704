namespace Tidemark.Demo;

/// <summary>One thing that the demo did.</summary>
/// <param name="Step">What.</param>
/// <param name="Detail">With what result.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record DemoStep(string Step, string Detail, double Milliseconds);
