using Tidemark.Engine.Index;

namespace Tidemark.Engine.Format;

/// <summary>
/// The packed list of regions in a chunk: for each range the gap since the end of the one before, then its length less
/// one, both as base-128 numbers, low seven bits first, with the high bit set on all bytes but the last.
/// </summary>
internal static class RegionTable
{
    /// <summary>The most bytes that a range takes: two numbers below 2^28.</summary>
    public const int RangeBytesMax = 8;

    private const int PayloadBits = 7;
    private const byte MoreFlag = 0x80;

    /// <summary>Packs ascending ranges that do not touch each other.</summary>
    public static byte[] Pack(List<RegionRange> ranges)
    {
        var packed = new byte[ranges.Count * RangeBytesMax];
        var length = 0;
        var end = 0L;
        foreach (var range in ranges)
        {
            PackNumber(packed, ref length, range.FirstRegion - end);
            PackNumber(packed, ref length, range.RegionCount - 1);
            end = range.EndRegion;
        }

        return packed[..length];
    }

    /// <summary>Appends what <see cref="Pack"/> packed; null when that went well, else why not.</summary>
    public static string? TryUnpack(ReadOnlySpan<byte> packed, List<RegionRange> into)
    {
        var offset = 0;
        var end = 0L;
        while (offset < packed.Length)
        {
            if (!TryUnpackNumber(packed, ref offset, out var gap) || !TryUnpackNumber(packed, ref offset, out var less))
                return $"the region table breaks off within a number at byte {offset}";
            var range = new RegionRange(end + gap, less + 1);
            end = range.EndRegion;
            if (end > Blocks.NumberEnd >> Blocks.RegionShift)
                return $"the region table goes up to region {end}, beyond the last";
            into.Add(range);
        }

        return null;
    }

    private static void PackNumber(byte[] packed, ref int length, long number)
    {
        while (number >= MoreFlag)
        {
            packed[length++] = (byte)(number | MoreFlag);
            number >>= PayloadBits;
        }

        packed[length++] = (byte)number;
    }

    private static bool TryUnpackNumber(ReadOnlySpan<byte> packed, ref int offset, out long number)
    {
        number = 0;
        for (var shift = 0; shift < PayloadBits * RangeBytesMax / 2 && offset < packed.Length; shift += PayloadBits)
        {
            var octet = packed[offset++];
            number |= (long)(octet & ~MoreFlag) << shift;
            if ((octet & MoreFlag) == 0)
                return true;
        }

        return false;
    }
}
