using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Client;

/// <summary>A client's socket: whole messages out, whole messages in, everything in bounds.</summary>
internal sealed class ClientChannel(Socket socket) : IDisposable
{
    private readonly Socket _socket = socket;

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="NbdException">The connection failed.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[_socket.Send(bytes)..];
        }
        catch (SocketException e)
        {
            throw new NbdException($"The connection to the NBD server failed: {e.Message}", e);
        }
    }

    /// <summary>Fills the destination.</summary>
    /// <exception cref="NbdException">The connection failed or ended.</exception>
    public void Receive(Span<byte> destination)
    {
        try
        {
            while (destination.Length > 0)
            {
                var receivedBytes = _socket.Receive(destination);
                if (receivedBytes == 0)
                    throw new NbdException("The NBD server closed the connection.");
                destination = destination[receivedBytes..];
            }
        }
        catch (SocketException e)
        {
            throw new NbdException($"The connection to the NBD server failed: {e.Message}", e);
        }
    }

    /// <summary>Sends an option.</summary>
    public void SendOption(OptionKind option, ReadOnlySpan<byte> content)
    {
        var message = new byte[sizeof(ulong) + (2 * sizeof(uint)) + content.Length];
        BinaryPrimitives.WriteUInt64BigEndian(message, Magic.Option);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), (uint)option);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(12), content.Length);
        content.CopyTo(message.AsSpan(16));
        Send(message);
    }

    /// <summary>Receives one reply to an option.</summary>
    public (OptionReplyKind Kind, byte[] Content) ReceiveOptionReply(OptionKind option)
    {
        Span<byte> header = stackalloc byte[sizeof(ulong) + (3 * sizeof(uint))];
        Receive(header);
        if (BinaryPrimitives.ReadUInt64BigEndian(header) != Magic.OptionReply ||
            BinaryPrimitives.ReadUInt32BigEndian(header[8..]) != (uint)option)
            throw new NbdException("The NBD server answered an option with something else.");
        var lengthBytes = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        if (lengthBytes > ProtocolLimits.OptionMaxBytes)
            throw new NbdException($"The NBD server answered an option with {lengthBytes} bytes: too many.");
        var content = new byte[lengthBytes];
        Receive(content);
        return ((OptionReplyKind)BinaryPrimitives.ReadUInt32BigEndian(header[12..]), content);
    }

    /// <summary>Sends an option and hands on its replies up to the final one, which is returned.</summary>
    public (OptionReplyKind Kind, byte[] Content) Ask(
        OptionKind option, ReadOnlySpan<byte> content, Action<OptionReplyKind, byte[]>? onReply = null)
    {
        // More replies than this to one option are an attack.
        const int repliesMax = 100_000;
        SendOption(option, content);
        for (var i = 0; i < repliesMax; i++)
        {
            var reply = ReceiveOptionReply(option);
            if (reply.Kind == OptionReplyKind.Ack || reply.Kind >= OptionReplyKind.ErrorBit)
                return reply;
            onReply?.Invoke(reply.Kind, reply.Content);
        }

        throw new NbdException("The NBD server does not end its answer to an option.");
    }

    /// <summary>The text that a server sent with an error.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
