namespace Tidemark.Disks.Groups;

/// <summary>A disk that is to be put back on a member of a group.</summary>
/// <param name="SnapshotId">The member.</param>
/// <param name="DiskId">The disk that it was taken of.</param>
public sealed record MemberRollback(string SnapshotId, string DiskId);
