namespace Tidemark.Client;

/// <summary>The answer to CreateAutoSnapshotPolicy.</summary>
/// <param name="AutoSnapshotPolicyId">The new policy.</param>
internal sealed record PolicyIdAnswer(string AutoSnapshotPolicyId);
