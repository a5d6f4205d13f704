namespace Tidemark.Disks.Policies;

/// <summary>A snapshot of one disk and policy, existing or foreseen.</summary>
/// <param name="SnapshotId">The id; null when it is only foreseen.</param>
/// <param name="Time">When it was or will be made.</param>
/// <param name="Deadline">When it goes by itself; null for never.</param>
/// <param name="IsHeld">Whether it is locked or shared, so that nothing but its owner removes it.</param>
public sealed record ForecastSnapshot(string? SnapshotId, DateTimeOffset Time, DateTimeOffset? Deadline, bool IsHeld);
