using System.Buffers.Binary;

namespace Tidemark.Nbd.Wire;

/// <summary>The 16 bytes of a simple reply, big-endian: magic, error, cookie. Content of a read follows.</summary>
internal static class SimpleReply
{
    /// <summary>Size on the wire.</summary>
    public const int SizeBytes = CookieAt + sizeof(ulong);

    /// <summary>Where the error stands.</summary>
    public const int ErrorAt = sizeof(uint);

    /// <summary>Where the cookie stands.</summary>
    public const int CookieAt = ErrorAt + sizeof(uint);

    /// <summary>Writes the reply's header.</summary>
    public static void Format(Span<byte> destination, ulong cookie, NbdError error)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Magic.SimpleReply);
        BinaryPrimitives.WriteUInt32BigEndian(destination[ErrorAt..], (uint)error);
        BinaryPrimitives.WriteUInt64BigEndian(destination[CookieAt..], cookie);
    }
}
