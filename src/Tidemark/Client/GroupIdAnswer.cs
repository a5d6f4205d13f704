namespace Tidemark.Client;

/// <summary>The answer to CreateSnapshotGroup.</summary>
/// <param name="SnapshotGroupId">The new group.</param>
internal sealed record GroupIdAnswer(string SnapshotGroupId);
