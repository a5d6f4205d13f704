using System.Buffers.Binary;

namespace Tidemark.Nbd.Wire;

/// <summary>Takes an option's data apart; after a failure every further call fails.</summary>
internal ref struct OptionReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    /// <summary>Whether everything was taken.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Takes 16 bits.</summary>
    public bool TryUInt16(out ushort value)
    {
        var isThere = TryTake(sizeof(ushort), out var bytes);
        value = isThere ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;
        return isThere;
    }

    /// <summary>Takes 32 bits.</summary>
    public bool TryUInt32(out uint value)
    {
        var isThere = TryTake(sizeof(uint), out var bytes);
        value = isThere ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        return isThere;
    }

    /// <summary>Takes a string with 32 bits of length before it.</summary>
    public bool TryText(out string text)
    {
        text = "";
        return TryUInt32(out var lengthBytes) &&
               lengthBytes <= ProtocolLimits.StringMaxBytes &&
               TryTake((int)lengthBytes, out var bytes) &&
               WireText.TryDecode(bytes, out text);
    }

    private bool TryTake(int lengthBytes, out ReadOnlySpan<byte> bytes)
    {
        if (lengthBytes > _rest.Length)
        {
            bytes = _rest = default;
            return false;
        }

        bytes = _rest[..lengthBytes];
        _rest = _rest[lengthBytes..];
        return true;
    }
}
