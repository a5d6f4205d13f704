namespace Tidemark.Engine.Map;

/// <summary>
/// Where a block's data is, in 64 bits: the segment's id above 13 bits of slot. 0 means that the block reads as zeros;
/// no segment has the id 0. Consecutive slots of a segment have consecutive addresses.
/// </summary>
internal static class BlockAddress
{
    private const int SlotBits = 13;

    /// <summary>The address of a slot.</summary>
    public static long Of(long segmentId, int slot) => (segmentId << SlotBits) | (uint)slot;

    /// <summary>The segment of an address that is not 0.</summary>
    public static long SegmentOf(long address) => address >> SlotBits;

    /// <summary>The slot of an address that is not 0.</summary>
    public static int SlotOf(long address) => (int)(address & ((1 << SlotBits) - 1));

    /// <summary>
    /// Where the run that starts at an index ends: blocks that all read as zeros, or that stand in consecutive slots.
    /// </summary>
    public static int EndOfRun(ReadOnlySpan<long> addresses, int start)
    {
        var first = addresses[start];
        var step = first == 0 ? 0 : 1;
        var end = start + 1;
        while (end < addresses.Length && addresses[end] == first + ((long)step * (end - start)))
        {
            end++;
        }

        return end;
    }
}
