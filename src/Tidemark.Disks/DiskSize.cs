namespace Tidemark.Disks;

/// <summary>Sizes of disks: the API counts GiB, the engine bytes.</summary>
internal static class DiskSize
{
    private const int GiBShift = 30;

    /// <summary>The largest disk, 32 TiB.</summary>
    public const long GiBMax = 32 << 10;

    /// <summary>Bytes of a size in GiB.</summary>
    public static long Bytes(long sizeGiB) => checked(sizeGiB << GiBShift);
}
