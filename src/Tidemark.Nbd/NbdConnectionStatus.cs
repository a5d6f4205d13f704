namespace Tidemark.Nbd;

/// <summary>A connection as it stood at one moment.</summary>
public sealed record NbdConnectionStatus
{
    /// <summary>Unique in the life of the server.</summary>
    public required long ConnectionId { get; init; }

    /// <summary>The client's address.</summary>
    public required string Client { get; init; }

    /// <summary>When the client was accepted.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>The canonical name of its export; null during the handshake.</summary>
    public string? ExportName { get; init; }

    /// <summary>Whether the export is read-only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Requests answered or being worked on.</summary>
    public long RequestCount { get; init; }

    /// <summary>Bytes that reads asked for.</summary>
    public long ReadBytes { get; init; }

    /// <summary>Bytes that came with writes.</summary>
    public long WrittenBytes { get; init; }

    /// <summary>Requests that wait aside now: cold reads and flushes.</summary>
    public int InFlightCount { get; init; }

    /// <summary>Requests answered with an error.</summary>
    public long ErrorCount { get; init; }
}
