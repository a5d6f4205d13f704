using System.Globalization;

namespace Tidemark.Output;

/// <summary>Sizes as people write and read them.</summary>
internal static class ByteSize
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;
    private const long TiB = 1L << 40;

    private static readonly (string Ending, long Bytes)[] Units =
    [
        ("TiB", TiB), ("TB", 0), ("T", TiB), ("GiB", GiB), ("GB", 0), ("G", GiB), ("MiB", MiB), ("MB", 0), ("M", MiB),
        ("KiB", KiB), ("KB", 0), ("K", KiB),
    ];

    /// <summary>
    /// Reads a disk's size: 20GiB, 20G, 20480MiB, or a plain number of GiB. Powers of ten (GB) are refused, because
    /// nobody who writes them means what they would get.
    /// </summary>
    /// <returns>Whole GiB, at least 1.</returns>
    public static long ParseGiB(string text)
    {
        var bytes = ParseBytes(text, GiB);
        if (bytes < GiB || bytes % GiB != 0)
            throw Wrong(text, "a disk has a whole number of GiB, at least 1");
        return bytes / GiB;
    }

    /// <summary>Reads a size; a number without unit counts in <paramref name="plainUnitBytes"/>.</summary>
    public static long ParseBytes(string text, long plainUnitBytes)
    {
        var number = text.Trim();
        var unitBytes = plainUnitBytes;
        foreach (var (ending, bytes) in Units)
        {
            if (!number.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                continue;
            if (bytes == 0)
                throw Wrong(text, "decimal units are not used here");
            number = number[..^ending.Length].TrimEnd();
            unitBytes = bytes;
            break;
        }

        var isNumber = decimal.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count);
        if (!isNumber || count <= 0 || count > (decimal)long.MaxValue / unitBytes)
            throw Wrong(text, "it is not a size");
        return (long)(count * unitBytes);
    }

    /// <summary>A size in the unit that leaves a short number.</summary>
    public static string Format(long bytes) => bytes switch
    {
        >= TiB => Format(bytes, TiB, "TiB"),
        >= GiB => Format(bytes, GiB, "GiB"),
        >= MiB => Format(bytes, MiB, "MiB"),
        >= KiB => Format(bytes, KiB, "KiB"),
        _ => $"{bytes} B",
    };

    private static string Format(long bytes, long unitBytes, string unit)
    {
        var digits = bytes % unitBytes == 0 ? "0" : "0.0";
        return ((double)bytes / unitBytes).ToString(digits, CultureInfo.InvariantCulture) + " " + unit;
    }

    private static CommandException Wrong(string text, string reason) => CommandException.Usage(
        $"'{text}' is not a size that fits: {reason}.", "Write it like 20GiB, 20G, 20480MiB, or 20 for GiB.");
}
