namespace Tidemark.Engine;

/// <summary>What a check found.</summary>
/// <param name="BlocksVerified">Data blocks read and compared with their checksum.</param>
/// <param name="ExtentsVerified">Extents walked.</param>
/// <param name="SegmentCount">Segments on the store.</param>
/// <param name="ReferencedBytes">Bytes of data that some layer's index refers to.</param>
/// <param name="AllocatedBytes">Bytes allocated by segments and index files on the device.</param>
/// <param name="Problems">Each problem in words: file, offset, expected, found. Bounded to the first 1,000.</param>
public sealed record CheckReport(
    long BlocksVerified,
    long ExtentsVerified,
    long SegmentCount,
    long ReferencedBytes,
    long AllocatedBytes,
    IReadOnlyList<string> Problems);
