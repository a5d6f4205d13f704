namespace Tidemark.Nbd;

/// <summary>What happened to a connection.</summary>
public enum NbdEventKind
{
    /// <summary>A client was accepted; its handshake begins.</summary>
    Accepted,

    /// <summary>A client was closed before its handshake: a limit was reached.</summary>
    Refused,

    /// <summary>The handshake ended in an export; transmission begins.</summary>
    Opened,

    /// <summary>The handshake ended without an export: by the client's wish, a time-out or a mistake.</summary>
    HandshakeEnded,

    /// <summary>Transmission ended: by the client's wish.</summary>
    Closed,

    /// <summary>Transmission ended: the client vanished, broke the protocol, stalled, or was disconnected.</summary>
    Cut,

    /// <summary>An export threw, or a listener failed. A person should look.</summary>
    Failed,
}
