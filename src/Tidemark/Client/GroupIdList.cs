namespace Tidemark.Client;

/// <summary>The groups that a command deleted.</summary>
/// <param name="SnapshotGroupIdSet">Their ids.</param>
internal sealed record GroupIdList(IReadOnlyList<string> SnapshotGroupIdSet);
