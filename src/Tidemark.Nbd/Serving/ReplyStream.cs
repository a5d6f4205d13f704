using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// The sending side of a connection. Only the connection's own threads wait in it, so that a client that does not read
/// holds up only itself; others use <see cref="TrySend"/>. A send without progress for the stall time-out breaks it.
/// </summary>
internal sealed partial class ReplyStream(Socket socket) : IDisposable
{
    /// <summary>The most that <see cref="TrySend"/> takes at once.</summary>
    public const int TrySendMaxBytes = 256 * 1024;

    private const int DoNotWaitNoSignal = 0x4040; // MSG_DONTWAIT | MSG_NOSIGNAL

    private readonly Lock _gate = new();
    private readonly Socket _socket = socket;
    private readonly TransferBuffer _owed = new(TrySendMaxBytes);
    private int _owedEnd;
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
            SendOwed();
            SendWaiting(bytes);
            return !_isBroken;
        }
    }

    /// <summary>
    /// Takes at most <see cref="TrySendMaxBytes"/> without waiting for anybody; false, with nothing taken, when
    /// somebody else is sending or the client is behind. What the client does not take at once is owed: the caller sees
    /// to it that <see cref="Send"/> is called soon when <paramref name="isOwing"/> says so.
    /// </summary>
    public bool TrySend(ReadOnlySpan<byte> bytes, out bool isOwing)
    {
        isOwing = false;
        if (!_gate.TryEnter())
            return false;
        try
        {
            if (_owedEnd > 0)
                return false;
            if (_isBroken)
                return true;
            var rest = bytes[SendAtOnce(bytes)..];
            rest.CopyTo(_owed.Span);
            _owedEnd = rest.Length;
            isOwing = rest.Length > 0;
            return true;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _owed.Dispose();

    // Whatever is wrong with the line shows up again when the rest is sent.
    private unsafe int SendAtOnce(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sentBytes = NativeSend(_socket.SafeHandle, start, (nuint)bytes.Length, DoNotWaitNoSignal);
            return (int)Math.Max(0, sentBytes);
        }
    }

    private void SendOwed()
    {
        if (_owedEnd == 0)
            return;
        SendWaiting(_owed.Span[.._owedEnd]);
        _owedEnd = 0;
    }

    private void SendWaiting(ReadOnlySpan<byte> bytes)
    {
        while (!_isBroken && bytes.Length > 0)
        {
            var sentBytes = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error == SocketError.Success)
                bytes = bytes[sentBytes..];
            else if (error != SocketError.Interrupted)
                Break(error);
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

    [LibraryImport("libc", EntryPoint = "send")]
    private static unsafe partial nint NativeSend(SafeHandle socket, byte* bytes, nuint lengthBytes, int flags);
}
