namespace Tidemark.Engine.Format;

/// <summary>
/// The units in which the engine counts. A block is also the unit of checksums and of crash atomicity.
/// </summary>
internal static class Blocks
{
    /// <summary>The size of a block and of a slot.</summary>
    public const int SizeBytes = 4096;

    /// <summary>Shifts between bytes and blocks.</summary>
    public const int SizeShift = 12;

    /// <summary>Block numbers are below this: 33 bits, 32 TiB.</summary>
    public const long NumberEnd = 1L << 33;

    /// <summary>The most blocks that one extent may have: 4 GiB, more than the longest trim in one request.</summary>
    public const int ExtentBlocksMax = 1 << 20;

    /// <summary>Blocks in a region, the unit in which the map is filled: 512 blocks of 4 KiB = 2 MiB.</summary>
    public const int RegionBlocks = 512;

    /// <summary>Shifts between blocks and regions.</summary>
    public const int RegionShift = 9;

    /// <summary>The least multiple of the block size that is not below <paramref name="lengthBytes"/>.</summary>
    public static long AlignUp(long lengthBytes) => checked(lengthBytes + SizeBytes - 1) & ~(SizeBytes - 1L);
}
