namespace Tidemark.Nbd.Serving;

/// <summary>How a phase of a connection ended.</summary>
/// <param name="IsOrderly">The client said goodbye.</param>
/// <param name="Message">A sentence for people.</param>
internal readonly record struct ConnectionEnd(bool IsOrderly, string Message);
