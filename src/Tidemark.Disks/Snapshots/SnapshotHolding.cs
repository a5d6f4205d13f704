namespace Tidemark.Disks.Snapshots;

/// <summary>What some snapshots hold together, as it was measured last.</summary>
/// <param name="Bytes">Bytes that would come back if all of them were deleted; 0 before the first look.</param>
/// <param name="IsCurrent">
/// Whether it was measured for exactly these snapshots, less than a minute ago; if not, it is being measured again.
/// </param>
/// <param name="MeasuredTime">When; null before the first look.</param>
public sealed record SnapshotHolding(long Bytes, bool IsCurrent, DateTimeOffset? MeasuredTime);
