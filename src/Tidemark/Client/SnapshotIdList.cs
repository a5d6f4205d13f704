namespace Tidemark.Client;

/// <summary>The snapshots that a command deleted.</summary>
/// <param name="SnapshotIdSet">Their ids.</param>
internal sealed record SnapshotIdList(IReadOnlyList<string> SnapshotIdSet);
