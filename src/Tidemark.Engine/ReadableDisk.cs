namespace Tidemark.Engine;

/// <summary>
/// Something that reads like a disk: an <see cref="EngineDisk"/>, or a read-only <see cref="LayerView"/> of a snapshot.
/// Offsets and lengths are in bytes and multiples of 512. Safe for concurrent use.
/// </summary>
public abstract class ReadableDisk
{
    /// <summary>The unit of offsets and lengths.</summary>
    public const int SectorBytes = 512;

    /// <summary>The size, a multiple of 512.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Reads; every block is verified against its checksum. May wait for the device.</summary>
    public abstract IoResult Read(long offset, Span<byte> destination);

    /// <summary>
    /// Reads when everything needed is in memory; <paramref name="wouldWait"/> is true, and the destination undefined,
    /// when it is not.
    /// </summary>
    public abstract IoResult TryReadResident(long offset, Span<byte> destination, out bool wouldWait);

    /// <summary>
    /// Appends to <paramref name="ranges"/> the data and zero ranges from <paramref name="firstBlock"/> on, neighbours
    /// merged, at most <paramref name="rangesMax"/>; they cover the asked blocks without gaps unless that limit is
    /// reached.
    /// </summary>
    public abstract void MapAllocation(long firstBlock, long blockCount, int rangesMax, List<BlockRange> ranges);

    /// <summary>True when a request of whole sectors lies within the disk.</summary>
    private protected bool IsReadable(long offset, long lengthBytes) =>
        ((offset | lengthBytes) & (SectorBytes - 1)) == 0
        && offset >= 0 && lengthBytes >= 0 && offset <= SizeBytes - lengthBytes;
}
