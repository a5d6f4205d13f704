namespace Tidemark.Backup;

/// <summary>What an import made, in members of the API.</summary>
/// <param name="DiskIdSet">The disk that holds it.</param>
/// <param name="SnapshotId">The new snapshot.</param>
internal sealed record ImportAnswer(IReadOnlyList<string> DiskIdSet, string SnapshotId);
