namespace Tidemark.Disks.Snapshots;

/// <summary>What a snapshot holds, in bytes of 4 KiB blocks.</summary>
/// <param name="SnapshotId">The snapshot.</param>
/// <param name="IsExact">False while figures are still upper bounds because the index is being merged.</param>
/// <param name="ReferencedBytes">Everything that reading the snapshot can reach.</param>
/// <param name="UniqueBytes">What would be freed if it alone were deleted.</param>
/// <param name="SharedBytes">Referenced, less unique.</param>
/// <param name="ChangedBytes">Written or trimmed since the layer below.</param>
public sealed record SnapshotSizes(
    string SnapshotId, bool IsExact, long ReferencedBytes, long UniqueBytes, long SharedBytes, long ChangedBytes);
