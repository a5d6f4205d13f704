namespace Tidemark.Engine.Format;

/// <summary>
/// How a segment file is divided. A slot is 4 KiB counted from the start of the file; slot 0 is the header.
/// </summary>
internal static class SegmentLayout
{
    /// <summary>The longest segment, footer included: 32 MiB.</summary>
    public const int MaxSegmentBytes = 32 * 1024 * 1024;

    /// <summary>Slots in the longest segment: 32 MiB of 4 KiB = 8192.</summary>
    public const int SlotsMax = MaxSegmentBytes / Blocks.SizeBytes;

    /// <summary>
    /// Slots 0 to 8063 hold the header and records; the 128 behind them (512 KiB) are left for the footer.
    /// </summary>
    public const int DataSlotsMax = 8064;

    /// <summary>The room for the footer's chunk: all that records may not use, less the trailer.</summary>
    public const int FooterChunkBytesMax = MaxSegmentBytes - DataSlotsMax * Blocks.SizeBytes - Blocks.SizeBytes;

    /// <summary>The slot of the segment header.</summary>
    public const int HeaderSlot = 0;

    /// <summary>Where a slot starts, in bytes from the start of the file.</summary>
    public static long OffsetOf(int slot) => (long)slot << Blocks.SizeShift;
}
