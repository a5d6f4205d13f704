using System.Buffers.Binary;

namespace Tidemark.Nbd.Wire;

/// <summary>The 28 bytes that open a request, big-endian.</summary>
/// <param name="Flags">Its flags, unchecked.</param>
/// <param name="Kind">Its kind, unchecked.</param>
/// <param name="Cookie">The client's name for the request; comes back in the reply.</param>
/// <param name="Offset">Start of the range; negative when the wire said 2^63 or more.</param>
/// <param name="LengthBytes">Length of the range.</param>
internal readonly record struct RequestHeader(
    CommandFlags Flags, CommandKind Kind, ulong Cookie, long Offset, uint LengthBytes)
{
    /// <summary>Size on the wire.</summary>
    public const int SizeBytes = LengthAt + sizeof(uint);

    private const int MagicAt = 0;
    private const int FlagsAt = MagicAt + sizeof(uint);
    private const int KindAt = FlagsAt + sizeof(ushort);
    private const int CookieAt = KindAt + sizeof(ushort);
    private const int OffsetAt = CookieAt + sizeof(ulong);
    private const int LengthAt = OffsetAt + sizeof(ulong);

    /// <summary>Whether the flag is set; unlike <see cref="Enum.HasFlag"/> it never boxes, optimised or not.</summary>
    public bool Has(CommandFlags flag) => (Flags & flag) != 0;

    /// <summary>Parses a header; false when the magic number is another.</summary>
    public static bool TryParse(ReadOnlySpan<byte> source, out RequestHeader header)
    {
        header = new RequestHeader(
            (CommandFlags)BinaryPrimitives.ReadUInt16BigEndian(source[FlagsAt..]),
            (CommandKind)BinaryPrimitives.ReadUInt16BigEndian(source[KindAt..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[CookieAt..]),
            BinaryPrimitives.ReadInt64BigEndian(source[OffsetAt..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[LengthAt..]));
        return BinaryPrimitives.ReadUInt32BigEndian(source[MagicAt..]) == Magic.Request;
    }

    /// <summary>Writes the header.</summary>
    public void Format(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination[MagicAt..], Magic.Request);
        BinaryPrimitives.WriteUInt16BigEndian(destination[FlagsAt..], (ushort)Flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination[KindAt..], (ushort)Kind);
        BinaryPrimitives.WriteUInt64BigEndian(destination[CookieAt..], Cookie);
        BinaryPrimitives.WriteInt64BigEndian(destination[OffsetAt..], Offset);
        BinaryPrimitives.WriteUInt32BigEndian(destination[LengthAt..], LengthBytes);
    }
}
