using System.Buffers.Binary;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Client;

/// <summary>Receives the reply to the one request in flight, simple or structured, and checks all of it.</summary>
internal sealed class ReplyReader(ClientChannel channel)
{
    // Chunks of one reply, and bytes of one chunk that is not content: more is an attack.
    private const int ChunksMax = 100_000;
    private const int PayloadMaxBytes = 1024 * 1024;

    private readonly ClientChannel _channel = channel;

    /// <summary>
    /// Receives a whole reply. Content of a read goes to the destination, which must be filled exactly; block status
    /// goes to the callback, by context id.
    /// </summary>
    public (NbdError Error, string Detail) Receive(
        in RequestHeader request, Span<byte> destination, Action<uint, byte[]>? onStatus = null)
    {
        Span<byte> header = stackalloc byte[ReplyChunk.HeaderSizeBytes];
        (NbdError Error, string Detail) result = (NbdError.None, "");
        var contentBytes = 0;
        for (var i = 0; i < ChunksMax; i++)
        {
            _channel.Receive(header[..SimpleReply.SizeBytes]);
            if (BinaryPrimitives.ReadUInt32BigEndian(header) == Magic.SimpleReply)
                return ReceiveSimple(request, header, destination, isFirst: i == 0);
            _channel.Receive(header[SimpleReply.SizeBytes..]);
            CheckChunk(header, request);
            var kind = (ChunkKind)BinaryPrimitives.ReadUInt16BigEndian(header[ReplyChunk.KindAt..]);
            var payloadBytes = BinaryPrimitives.ReadUInt32BigEndian(header[ReplyChunk.LengthAt..]);
            if (kind is ChunkKind.OffsetContent or ChunkKind.OffsetHole)
                contentBytes += ReceiveContent(request, kind, payloadBytes, destination);
            else if (ReceiveOther(kind, payloadBytes, onStatus) is { } error)
                result = error;
            if ((BinaryPrimitives.ReadUInt16BigEndian(header[ReplyChunk.FlagsAt..]) & ReplyChunk.Done) == 0)
                continue;
            if (result.Error == NbdError.None && contentBytes != destination.Length)
                throw new NbdException($"The NBD server sent {contentBytes} bytes of {destination.Length}.");
            return result;
        }

        throw new NbdException("The NBD server does not end its reply.");
    }

    private (NbdError Error, string Detail) ReceiveSimple(
        in RequestHeader request, ReadOnlySpan<byte> header, Span<byte> destination, bool isFirst)
    {
        if (!isFirst || BinaryPrimitives.ReadUInt64BigEndian(header[SimpleReply.CookieAt..]) != request.Cookie)
            throw new NbdException("The NBD server answered another request than the one that was sent.");
        var error = (NbdError)BinaryPrimitives.ReadUInt32BigEndian(header[SimpleReply.ErrorAt..]);
        if (error == NbdError.None)
            _channel.Receive(destination);
        return (error, "");
    }

    private static void CheckChunk(ReadOnlySpan<byte> header, in RequestHeader request)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(header) != Magic.StructuredReply)
            throw new NbdException("The NBD server sent something that is not a reply (wrong magic number).");
        if (BinaryPrimitives.ReadUInt64BigEndian(header[ReplyChunk.CookieAt..]) != request.Cookie)
            throw new NbdException("The NBD server answered another request than the one that was sent.");
    }

    private int ReceiveContent(in RequestHeader request, ChunkKind kind, uint payloadBytes, Span<byte> destination)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        var prefixBytes = kind == ChunkKind.OffsetHole ? prefix.Length : sizeof(ulong);
        if (payloadBytes < prefixBytes)
            throw new NbdException("The NBD server sent a chunk that is too short.");
        _channel.Receive(prefix[..prefixBytes]);
        long lengthBytes = kind == ChunkKind.OffsetHole
            ? BinaryPrimitives.ReadUInt32BigEndian(prefix[sizeof(ulong)..])
            : payloadBytes - prefixBytes;
        var start = BinaryPrimitives.ReadInt64BigEndian(prefix) - request.Offset;
        if (start < 0 || lengthBytes > destination.Length - start || lengthBytes == 0)
            throw new NbdException("The NBD server sent content that was not asked for.");
        var content = destination.Slice((int)start, (int)lengthBytes);
        if (kind == ChunkKind.OffsetHole)
            content.Clear();
        else
            _channel.Receive(content);
        return content.Length;
    }

    private (NbdError Error, string Detail)? ReceiveOther(
        ChunkKind kind, uint payloadBytes, Action<uint, byte[]>? onStatus)
    {
        if (payloadBytes > PayloadMaxBytes)
            throw new NbdException($"The NBD server sent a chunk of {payloadBytes} bytes: too many.");
        var payload = new byte[payloadBytes];
        _channel.Receive(payload);
        if (kind >= ChunkKind.ErrorBit)
            return ParseError(payload);
        if (kind == ChunkKind.BlockStatus && onStatus != null && payload.Length > sizeof(uint))
            onStatus(BinaryPrimitives.ReadUInt32BigEndian(payload), payload[sizeof(uint)..]);
        else if (kind != ChunkKind.None)
            throw new NbdException($"The NBD server sent a chunk of an unexpected kind ({(ushort)kind}).");
        return null;
    }

    private static (NbdError Error, string Detail) ParseError(ReadOnlySpan<byte> payload)
    {
        const int textAt = sizeof(uint) + sizeof(ushort);
        if (payload.Length < textAt)
            throw new NbdException("The NBD server sent an error that is too short.");
        var error = (NbdError)BinaryPrimitives.ReadUInt32BigEndian(payload);
        var textBytes = BinaryPrimitives.ReadUInt16BigEndian(payload[sizeof(uint)..]);
        if (error == NbdError.None || textBytes > payload.Length - textAt)
            throw new NbdException("The NBD server sent an error that cannot be read.");
        return (error, ClientChannel.TextOf(payload.Slice(textAt, textBytes)));
    }
}
