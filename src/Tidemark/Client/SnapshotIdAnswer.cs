namespace Tidemark.Client;

/// <summary>The answer to CreateSnapshot.</summary>
/// <param name="SnapshotId">The new snapshot.</param>
internal sealed record SnapshotIdAnswer(string SnapshotId);
