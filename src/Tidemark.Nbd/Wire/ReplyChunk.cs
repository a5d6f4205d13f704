using System.Buffers.Binary;

namespace Tidemark.Nbd.Wire;

/// <summary>
/// The chunks of a structured reply, big-endian: magic, flags, kind, cookie, length of the payload; then the payload.
/// </summary>
internal static class ReplyChunk
{
    /// <summary>Size of the header on the wire.</summary>
    public const int HeaderSizeBytes = LengthAt + sizeof(uint);

    /// <summary>Where the flags stand.</summary>
    public const int FlagsAt = sizeof(uint);

    /// <summary>Where the kind stands.</summary>
    public const int KindAt = FlagsAt + sizeof(ushort);

    /// <summary>Where the cookie stands.</summary>
    public const int CookieAt = KindAt + sizeof(ushort);

    /// <summary>Where the payload's length stands.</summary>
    public const int LengthAt = CookieAt + sizeof(ulong);

    /// <summary>Flag of the last chunk of a reply.</summary>
    public const ushort Done = 1;

    /// <summary>Header and offset of a chunk of content; the content follows.</summary>
    public const int ContentHeaderSizeBytes = HeaderSizeBytes + sizeof(ulong);

    /// <summary>Size of an error chunk without a message.</summary>
    public const int ErrorSizeBytes = HeaderSizeBytes + ErrorPayloadBytes;

    /// <summary>Size of an error chunk with an offset, without a message.</summary>
    public const int ErrorOffsetSizeBytes = ErrorSizeBytes + sizeof(ulong);

    // 32 bits of error, 16 bits of message length.
    private const int ErrorPayloadBytes = sizeof(uint) + sizeof(ushort);

    /// <summary>Writes a chunk's header.</summary>
    public static void FormatHeader(Span<byte> destination, ulong cookie, ChunkKind kind, bool isLast, int payloadBytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Magic.StructuredReply);
        BinaryPrimitives.WriteUInt16BigEndian(destination[FlagsAt..], isLast ? Done : (ushort)0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[KindAt..], (ushort)kind);
        BinaryPrimitives.WriteUInt64BigEndian(destination[CookieAt..], cookie);
        BinaryPrimitives.WriteUInt32BigEndian(destination[LengthAt..], (uint)payloadBytes);
    }

    /// <summary>Writes what comes before the content of a read.</summary>
    public static void FormatContentHeader(
        Span<byte> destination, ulong cookie, bool isLast, long offset, int contentBytes)
    {
        FormatHeader(destination, cookie, ChunkKind.OffsetContent, isLast, sizeof(ulong) + contentBytes);
        BinaryPrimitives.WriteInt64BigEndian(destination[HeaderSizeBytes..], offset);
    }

    /// <summary>Writes a whole error chunk without an offset; it is the last of its reply.</summary>
    public static void FormatError(Span<byte> destination, ulong cookie, NbdError error)
    {
        FormatHeader(destination, cookie, ChunkKind.Error, isLast: true, ErrorPayloadBytes);
        FormatErrorPayload(destination[HeaderSizeBytes..], error);
    }

    /// <summary>Writes a whole error chunk with an offset.</summary>
    public static void FormatErrorOffset(
        Span<byte> destination, ulong cookie, bool isLast, NbdError error, long offset)
    {
        FormatHeader(destination, cookie, ChunkKind.ErrorOffset, isLast, ErrorPayloadBytes + sizeof(ulong));
        FormatErrorPayload(destination[HeaderSizeBytes..], error);
        BinaryPrimitives.WriteInt64BigEndian(destination[ErrorSizeBytes..], offset);
    }

    private static void FormatErrorPayload(Span<byte> destination, NbdError error)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)error);
        BinaryPrimitives.WriteUInt16BigEndian(destination[sizeof(uint)..], 0);
    }
}
