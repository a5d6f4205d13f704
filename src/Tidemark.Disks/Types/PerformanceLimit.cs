namespace Tidemark.Disks.Types;

/// <summary>How fast one disk may be; 0 stands for as fast as it can.</summary>
/// <param name="RequestsPerSecond">Reads, writes, trims and zero requests together.</param>
/// <param name="BytesPerSecond">Bytes read and written together.</param>
/// <param name="HasBurst">Whether a disk that rests may save up what it did not use, for a while.</param>
public readonly record struct PerformanceLimit(long RequestsPerSecond, long BytesPerSecond, bool HasBurst)
{
    /// <summary>No limit.</summary>
    public static readonly PerformanceLimit None;
}
