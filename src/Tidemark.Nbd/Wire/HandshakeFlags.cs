namespace Tidemark.Nbd.Wire;

/// <summary>Flags of the server's greeting and of the client's answer; both use the same bits.</summary>
[Flags]
internal enum HandshakeFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Options get replies.</summary>
    FixedNewstyle = 1 << 0,

    /// <summary>The 124 zeros after the reply to <see cref="OptionKind.ExportName"/> are left out.</summary>
    NoZeroes = 1 << 1,
}
