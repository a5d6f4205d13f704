using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidemark.Nbd.Tests.Support;

/// <summary>
/// A client that can say anything, right or wrong, byte by byte. Its numbers stand here a second time on purpose: a
/// wrong constant in the product must not agree with itself.
/// </summary>
internal sealed class RawClient : IDisposable
{
    public const uint Ack = 1;
    public const uint Server = 2;
    public const uint Info = 3;
    public const uint Context = 4;
    public const uint Unsupported = 0x80000001;
    public const uint Policy = 0x80000002;
    public const uint Invalid = 0x80000003;
    public const uint Unknown = 0x80000006;
    public const uint Shutdown = 0x80000007;
    public const uint TooBig = 0x80000009;

    private readonly Socket _socket;

    public RawClient(EndPoint address)
    {
        var protocol = address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        _socket = new Socket(address.AddressFamily, SocketType.Stream, protocol)
        {
            ReceiveTimeout = 20_000,
            SendTimeout = 20_000
        };
        _socket.Connect(address);
    }

    public Socket Socket => _socket;

    public void Send(params byte[][] parts) => SendAll(parts.SelectMany(part => part).ToArray());

    public void SendAll(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += _socket.Send(bytes.AsSpan(sent));
    }

    public byte[] Receive(int lengthBytes)
    {
        var bytes = new byte[lengthBytes];
        for (var received = 0; received < lengthBytes;)
        {
            var count = _socket.Receive(bytes.AsSpan(received));
            if (count == 0)
                throw new EndOfStreamException($"The server closed; {lengthBytes - received} bytes are missing.");
            received += count;
        }

        return bytes;
    }

    /// <summary>Whether the server has closed the connection; anything that it sends before is dropped.</summary>
    public bool IsClosedByServer()
    {
        var scratch = new byte[65536];
        try
        {
            while (_socket.Receive(scratch) > 0)
            {
            }

            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    public void ReceiveGreeting()
    {
        var greeting = Receive(18);
        Assert.Equal("NBDMAGICIHAVEOPT", Encoding.ASCII.GetString(greeting, 0, 16));
        Assert.Equal(3, BinaryPrimitives.ReadUInt16BigEndian(greeting.AsSpan(16)));
    }

    /// <summary>Takes the greeting and answers with flags.</summary>
    public void Greet(uint flags = 3)
    {
        ReceiveGreeting();
        Send(U32(flags));
    }

    public void SendOption(uint option, params byte[][] content)
    {
        var data = content.SelectMany(part => part).ToArray();
        Send(Encoding.ASCII.GetBytes("IHAVEOPT"), U32(option), U32((uint)data.Length), data);
    }

    public (uint Option, uint Kind, byte[] Content) ReceiveOptionReply()
    {
        var header = Receive(20);
        Assert.Equal(0x0003e889045565a9ul, BinaryPrimitives.ReadUInt64BigEndian(header));
        var content = Receive(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)));
        return (BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8)),
            BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12)), content);
    }

    /// <summary>Sends an option and takes its replies up to the last.</summary>
    public List<(uint Kind, byte[] Content)> Ask(uint option, params byte[][] content)
    {
        SendOption(option, content);
        var replies = new List<(uint, byte[])>();
        while (true)
        {
            var reply = ReceiveOptionReply();
            Assert.Equal(option, reply.Option);
            replies.Add((reply.Kind, reply.Content));
            if (reply.Kind == Ack || reply.Kind >= 0x80000000)
                return replies;
        }
    }

    /// <summary>Goes through the handshake to transmission.</summary>
    public void Negotiate(string name, bool isStructured = true, params string[] contexts)
    {
        Greet();
        if (isStructured)
            Assert.Equal(Ack, Ask(8)[^1].Kind);
        if (contexts.Length > 0)
            Assert.Equal(contexts.Length + 1, Ask(10, ContextQuery(name, contexts)).Count);
        Assert.Equal(Ack, Ask(7, GoRequest(name))[^1].Kind);
    }

    public void SendRequest(
        ushort kind, long offset, uint lengthBytes, ulong cookie = 1, ushort flags = 0, byte[]? payload = null) =>
        SendAll([.. Request(kind, offset, lengthBytes, cookie, flags), .. payload ?? []]);

    public void Write(long offset, byte[] payload, ulong cookie = 1, ushort flags = 0) =>
        SendRequest(1, offset, (uint)payload.Length, cookie, flags, payload);

    public (NbdError Error, ulong Cookie) ReceiveSimple()
    {
        var reply = Receive(16);
        Assert.Equal(0x67446698u, BinaryPrimitives.ReadUInt32BigEndian(reply));
        return ((NbdError)BinaryPrimitives.ReadUInt32BigEndian(reply.AsSpan(4)),
            BinaryPrimitives.ReadUInt64BigEndian(reply.AsSpan(8)));
    }

    public Chunk ReceiveChunk()
    {
        var header = Receive(20);
        Assert.Equal(0x668e33efu, BinaryPrimitives.ReadUInt32BigEndian(header));
        return new Chunk(
            BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(4)) == 1,
            BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(6)),
            BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(8)),
            Receive(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16))));
    }

    /// <summary>A reply of either form that has no content: its error and cookie.</summary>
    public (NbdError Error, ulong Cookie) ReceiveResult()
    {
        var magic = new byte[4];
        _socket.Receive(magic, SocketFlags.Peek);
        if (BinaryPrimitives.ReadUInt32BigEndian(magic) == 0x67446698)
            return ReceiveSimple();
        var chunk = ReceiveChunk();
        Assert.True(chunk.IsLast);
        return (chunk.Error, chunk.Cookie);
    }

    /// <summary>Sends a request and takes its answer.</summary>
    public NbdError Result(ushort kind, long offset, uint lengthBytes, ushort flags = 0, byte[]? payload = null)
    {
        SendRequest(kind, offset, lengthBytes, 77, flags, payload);
        var (error, cookie) = ReceiveResult();
        Assert.Equal(77ul, cookie);
        return error;
    }

    /// <summary>Proves that the connection still works.</summary>
    public void AssertUsable()
    {
        SendRequest(1, 4096, 4096, 99, 0, new byte[4096]);
        Assert.Equal((NbdError.None, 99ul), ReceiveResult());
    }

    public void Disconnect()
    {
        SendRequest(2, 0, 0);
        Assert.True(IsClosedByServer());
    }

    public void Dispose() => _socket.Dispose();

    public static byte[] Request(ushort kind, long offset, uint lengthBytes, ulong cookie = 1, ushort flags = 0) =>
        [.. U32(0x25609513), .. U16(flags), .. U16(kind), .. U64(cookie), .. U64((ulong)offset), .. U32(lengthBytes)];

    public static byte[] GoRequest(string name, params ushort[] facts) =>
        [.. Text(name), .. U16((ushort)facts.Length), .. facts.SelectMany(U16)];

    public static byte[] ContextQuery(string name, params string[] queries) =>
        [.. Text(name), .. U32((uint)queries.Length), .. queries.SelectMany(Text)];

    public static byte[] Text(string text) =>
        [.. U32((uint)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] U16(ushort value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U32(uint value) => [.. U16((ushort)(value >> 16)), .. U16((ushort)value)];

    public static byte[] U64(ulong value) => [.. U32((uint)(value >> 32)), .. U32((uint)value)];

    /// <summary>A chunk of a structured reply.</summary>
    public sealed record Chunk(bool IsLast, ushort Kind, ulong Cookie, byte[] Payload)
    {
        public NbdError Error =>
            Kind >= 0x8000 ? (NbdError)BinaryPrimitives.ReadUInt32BigEndian(Payload) : NbdError.None;

        public long Offset => BinaryPrimitives.ReadInt64BigEndian(Payload.AsSpan(Kind == 1 ? 0 : 6));

        public byte[] Content => Payload[8..];

        public List<(uint LengthBytes, uint Flags)> Extents =>
            [.. Payload.Skip(4).Chunk(8).Select(each => (
                BinaryPrimitives.ReadUInt32BigEndian(each), BinaryPrimitives.ReadUInt32BigEndian(each.AsSpan(4))))];
    }
}
