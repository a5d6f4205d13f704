using System.Buffers.Binary;
using System.Net.Sockets;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// The bytes of a handshake, under one deadline for all of it: exact receives (nothing of the transmission is taken
/// in), and replies gathered for one send.
/// </summary>
internal sealed class HandshakeChannel(Socket socket, TimeSpan timeout)
{
    private const int ReplyHeaderBytes = sizeof(ulong) + (3 * sizeof(uint));

    // The longest reply is an entry of a list: two strings of 4 KiB.
    private const int OutgoingBytes = 16 * 1024;

    private readonly Socket _socket = socket;
    private readonly long _deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
    private readonly byte[] _outgoing = new byte[OutgoingBytes];
    private int _usedBytes;

    /// <summary>Why a call returned false.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>Fills the destination.</summary>
    public bool Receive(Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            if (RestMilliseconds() is not { } restMs)
                return false;
            _socket.ReceiveTimeout = restMs;
            var receivedBytes = _socket.Receive(destination, SocketFlags.None, out var error);
            if (error is SocketError.TimedOut or SocketError.Interrupted)
                continue;
            if (error != SocketError.Success || receivedBytes == 0)
                return Fail("The client closed the connection during the handshake.");
            destination = destination[receivedBytes..];
        }

        return true;
    }

    /// <summary>Receives bytes and forgets them.</summary>
    public bool Skip(uint lengthBytes)
    {
        Span<byte> scratch = stackalloc byte[512];
        while (lengthBytes > 0)
        {
            var part = scratch[..(int)Math.Min(lengthBytes, (uint)scratch.Length)];
            if (!Receive(part))
                return false;
            lengthBytes -= (uint)part.Length;
        }

        return true;
    }

    /// <summary>Gathers bytes that are no option reply: the greeting, the answer to EXPORT_NAME.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        if (_usedBytes + bytes.Length > _outgoing.Length && !Send())
            return false;
        bytes.CopyTo(_outgoing.AsSpan(_usedBytes));
        _usedBytes += bytes.Length;
        return true;
    }

    /// <summary>Gathers a reply to an option, with up to two parts of data.</summary>
    public bool Reply(
        OptionKind option, OptionReplyKind kind, ReadOnlySpan<byte> first = default,
        ReadOnlySpan<byte> second = default)
    {
        Span<byte> header = stackalloc byte[ReplyHeaderBytes];
        BinaryPrimitives.WriteUInt64BigEndian(header, Magic.OptionReply);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], (uint)option);
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], (uint)kind);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], (uint)(first.Length + second.Length));
        return Append(header) && Append(first) && Append(second);
    }

    /// <summary>Sends what was gathered.</summary>
    public bool Send()
    {
        var rest = _outgoing.AsSpan(0, _usedBytes);
        _usedBytes = 0;
        while (rest.Length > 0)
        {
            if (RestMilliseconds() is not { } restMs)
                return false;
            _socket.SendTimeout = restMs;
            var sentBytes = _socket.Send(rest, SocketFlags.None, out var error);
            if (error is SocketError.TimedOut or SocketError.Interrupted)
                continue;
            if (error != SocketError.Success)
                return Fail("The client closed the connection during the handshake.");
            rest = rest[sentBytes..];
        }

        return true;
    }

    private int? RestMilliseconds()
    {
        var restMs = _deadline - Environment.TickCount64;
        if (restMs > 0)
            return (int)Math.Min(restMs, int.MaxValue);
        Fail("The handshake took longer than its time-out.");
        return null;
    }

    private bool Fail(string reason)
    {
        Failure = reason;
        return false;
    }
}
