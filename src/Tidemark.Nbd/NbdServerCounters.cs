namespace Tidemark.Nbd;

/// <summary>Sums over all connections, past and present.</summary>
public sealed record NbdServerCounters
{
    /// <summary>Clients accepted.</summary>
    public required long AcceptedCount { get; init; }

    /// <summary>Clients closed at once because a limit was reached.</summary>
    public required long RefusedCount { get; init; }

    /// <summary>Connections now.</summary>
    public required int ConnectionCount { get; init; }

    /// <summary>Connections now in their handshake.</summary>
    public required int HandshakeCount { get; init; }

    /// <summary>Requests.</summary>
    public required long RequestCount { get; init; }

    /// <summary>Bytes that reads asked for.</summary>
    public required long ReadBytes { get; init; }

    /// <summary>Bytes that came with writes.</summary>
    public required long WrittenBytes { get; init; }

    /// <summary>Requests answered with an error.</summary>
    public required long ErrorCount { get; init; }

    /// <summary>Bytes of the shared buffers in use now.</summary>
    public required long BufferBytes { get; init; }

    /// <summary>What they may take.</summary>
    public required long BufferBudgetBytes { get; init; }
}
