namespace Tidemark.Disks.Snapshots;

/// <summary>All snapshots of an account in a region.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Holding">What they hold.</param>
public sealed record SnapshotOverview(int Count, SnapshotHolding Holding);
