using System.Net.Sockets;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// The sending side of a connection, used by its own thread and by its thread for replies from aside, and by nobody
/// else: a client that does not read holds up only itself. A send without progress for the stall time-out breaks it.
/// </summary>
internal sealed class ReplyStream(Socket socket)
{
    private readonly Lock _gate = new();
    private readonly Socket _socket = socket;
    private volatile bool _isBroken;

    /// <summary>Whether nothing can be sent any more.</summary>
    public bool IsBroken => _isBroken;

    /// <summary>What broke it.</summary>
    public SocketError Failure { get; private set; }

    /// <summary>Keeps others from sending between two calls of <see cref="Send"/>.</summary>
    public Lock.Scope Hold() => _gate.EnterScope();

    /// <summary>Sends all bytes; false when the stream is broken.</summary>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (!_isBroken && bytes.Length > 0)
            {
                var sentBytes = _socket.Send(bytes, SocketFlags.None, out var error);
                if (error == SocketError.Success)
                    bytes = bytes[sentBytes..];
                else if (error != SocketError.Interrupted)
                    Break(error);
            }

            return !_isBroken;
        }
    }

    private void Break(SocketError error)
    {
        Failure = error;
        _isBroken = true;
        try
        {
            // The connection's thread may be waiting for requests: it shall see the end.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer has already gone.
        }
        catch (ObjectDisposedException)
        {
            // Cut at the same time.
        }
    }
}
