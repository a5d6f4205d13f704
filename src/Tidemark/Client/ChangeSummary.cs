namespace Tidemark.Client;

/// <summary>The sums over everything that changed between two snapshots.</summary>
/// <param name="ExtentCount">Runs of changed bytes.</param>
/// <param name="ChangedBytes">Bytes written or trimmed.</param>
/// <param name="DataBytes">Of these, bytes that hold data in the later snapshot.</param>
/// <param name="DiskSizeBytes">Size of the disk of the later snapshot.</param>
internal sealed record ChangeSummary(long ExtentCount, long ChangedBytes, long DataBytes, long DiskSizeBytes);
