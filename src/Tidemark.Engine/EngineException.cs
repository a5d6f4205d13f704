namespace Tidemark.Engine;

/// <summary>The engine refuses or cannot do what it was asked; the message says why and what to do.</summary>
/// <param name="fault">The kind, for callers that decide on it.</param>
/// <param name="message">What was found, what was expected, what to do.</param>
/// <param name="inner">The cause, when another exception is the cause.</param>
public sealed class EngineException(EngineFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The kind of refusal.</summary>
    public EngineFault Fault { get; } = fault;
}
