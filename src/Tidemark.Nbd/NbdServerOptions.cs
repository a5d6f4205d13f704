namespace Tidemark.Nbd;

/// <summary>The server's limits. Every queue, buffer and wait of the server is bounded by one of them.</summary>
public sealed class NbdServerOptions
{
    /// <summary>
    /// Connections at a time, handshakes included; each has a thread. A further client is closed at once.
    /// </summary>
    public int ConnectionsMax { get; init; } = 1024;

    /// <summary>Handshakes at a time; when one more comes, the oldest is closed.</summary>
    public int HandshakesMax { get; init; } = 64;

    /// <summary>How long a handshake may take, from accept to the choice of an export.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a client may leave a reply unread, or a request half sent, without any progress before it is closed. An
    /// idle client is not stalled.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Options that a client may send in one handshake.</summary>
    public int OptionsMax { get; init; } = 1024;

    /// <summary>Entries of a list reply.</summary>
    public int ListingsMax { get; init; } = 1000;

    /// <summary>Queries in one request for meta contexts.</summary>
    public int ContextQueriesMax { get; init; } = 64;

    /// <summary>Meta contexts that one connection may select, and that one query lists.</summary>
    public int ContextsMax { get; init; } = 16;

    /// <summary>Extents in one reply for each context.</summary>
    public int ExtentsMax { get; init; } = 8192;

    /// <summary>Requests of one connection that may wait aside (cold reads, flushes); then receiving stops.</summary>
    public int AsideRequestsMax { get; init; } = 128;

    /// <summary>Bytes of reads of one connection that may wait aside.</summary>
    public int AsideBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>Threads for cold reads and flushes, shared by all connections, fair between exports.</summary>
    public int AsideThreadsMax { get; init; } = 64;

    /// <summary>
    /// Bytes of buffers that all connections together may hold: one half for what waits aside, the other for large
    /// requests, beyond the first 192 KiB that each connection has for each direction.
    /// </summary>
    public long BufferBudgetBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Access mode of the Unix sockets that the server creates.</summary>
    public UnixFileMode UnixSocketMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Told of what happens to connections, on the thread where it happens. It must not block and must not throw.
    /// </summary>
    public Action<NbdEvent>? OnEvent { get; init; }

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> when a limit makes no sense.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ConnectionsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HandshakesMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HandshakeTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StallTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(OptionsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ListingsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ContextQueriesMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ContextsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ExtentsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(AsideRequestsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(AsideBytesMax, Export.PieceMaxBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(AsideThreadsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(BufferBudgetBytes);
    }
}
