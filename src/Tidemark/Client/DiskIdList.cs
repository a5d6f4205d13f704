namespace Tidemark.Client;

/// <summary>The answer to CreateDisks.</summary>
/// <param name="DiskIdSet">The new disks.</param>
internal sealed record DiskIdList(IReadOnlyList<string> DiskIdSet);
