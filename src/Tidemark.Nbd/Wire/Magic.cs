namespace Tidemark.Nbd.Wire;

/// <summary>The magic numbers that open each kind of message.</summary>
internal static class Magic
{
    /// <summary>First eight bytes of a server's greeting: <c>NBDMAGIC</c>.</summary>
    public const ulong Greeting = 0x4e42444d41474943;

    /// <summary>Second eight bytes of a newstyle greeting, and the start of each option: <c>IHAVEOPT</c>.</summary>
    public const ulong Option = 0x49484156454F5054;

    /// <summary>Start of each reply to an option.</summary>
    public const ulong OptionReply = 0x0003e889045565a9;

    /// <summary>Start of each request.</summary>
    public const uint Request = 0x25609513;

    /// <summary>Start of a simple reply.</summary>
    public const uint SimpleReply = 0x67446698;

    /// <summary>Start of each chunk of a structured reply.</summary>
    public const uint StructuredReply = 0x668e33ef;
}
