namespace Tidemark.Disks.Snapshots;

/// <summary>A page of changed extents, sorted by offset.</summary>
/// <param name="Extents">The extents.</param>
/// <param name="NextToken">Give it back for the next page; null on the last one.</param>
/// <param name="DiskSizeBytes">Size of the later snapshot's disk.</param>
public sealed record ChangedPage(IReadOnlyList<ChangedExtent> Extents, string? NextToken, long DiskSizeBytes);
