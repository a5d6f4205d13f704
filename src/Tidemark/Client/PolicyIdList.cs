namespace Tidemark.Client;

/// <summary>The policies that a command deleted.</summary>
/// <param name="AutoSnapshotPolicyIdSet">Their ids.</param>
internal sealed record PolicyIdList(IReadOnlyList<string> AutoSnapshotPolicyIdSet);
