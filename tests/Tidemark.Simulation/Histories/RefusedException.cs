namespace Tidemark.Simulation.Histories;

/// <summary>A request to a disk ended otherwise than done.</summary>
internal sealed class RefusedException(string message) : Exception(message);
