namespace Tidemark.Client;

/// <summary>What a check found.</summary>
/// <param name="BlocksVerified">Data blocks read and compared with their checksum.</param>
/// <param name="ExtentsVerified">Extents walked.</param>
/// <param name="SegmentCount">Segments on the store.</param>
/// <param name="ReferencedBytes">Bytes of data that some layer refers to.</param>
/// <param name="AllocatedBytes">Bytes allocated on the device.</param>
/// <param name="Problems">Each problem in words.</param>
internal sealed record CheckSummary(
    long BlocksVerified,
    long ExtentsVerified,
    long SegmentCount,
    long ReferencedBytes,
    long AllocatedBytes,
    IReadOnlyList<string> Problems);
