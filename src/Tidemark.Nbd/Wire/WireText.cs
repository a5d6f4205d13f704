using System.Text;

namespace Tidemark.Nbd.Wire;

/// <summary>Strings as the protocol has them: UTF-8, no NUL, at most 4,096 bytes.</summary>
internal static class WireText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes a string; false when it breaks a rule.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> source, out string text)
    {
        text = "";
        if (source.Length > ProtocolLimits.StringMaxBytes || source.Contains((byte)0))
            return false;
        try
        {
            text = Strict.GetString(source);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Encodes a string, cut to the protocol's bound at a character.</summary>
    public static byte[] Encode(string text)
    {
        var buffer = new byte[ProtocolLimits.StringMaxBytes];
        Encoding.UTF8.GetEncoder().Convert(text, buffer, flush: false, out _, out var bytesUsed, out _);
        return buffer[..bytesUsed];
    }
}
