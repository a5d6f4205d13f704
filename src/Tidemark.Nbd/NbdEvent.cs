namespace Tidemark.Nbd;

/// <summary>Something that happened to a connection or listener, for a log.</summary>
/// <param name="Kind">What.</param>
/// <param name="ConnectionId">Which connection; 0 for a listener.</param>
/// <param name="Client">The client's address, or the listener's.</param>
/// <param name="ExportName">The export, once it is known.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Exception">The cause, when there is one.</param>
public sealed record NbdEvent(
    NbdEventKind Kind, long ConnectionId, string Client, string? ExportName, string Message, Exception? Exception);
