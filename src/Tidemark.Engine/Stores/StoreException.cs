namespace Tidemark.Engine.Stores;

/// <summary>
/// An operation on a store failed. The message says what was tried, on which file, and what the system answered.
/// </summary>
/// <param name="fault">The kind of failure, for callers that decide on it.</param>
/// <param name="message">What was found, what was expected, what to do.</param>
/// <param name="inner">The cause, when another exception is the cause.</param>
public sealed class StoreException(StoreFault fault, string message, Exception? inner = null)
    : IOException(message, inner)
{
    /// <summary>The kind of failure.</summary>
    public StoreFault Fault { get; } = fault;
}
