namespace Tidemark.Disks.Sharing;

/// <summary>An account that a snapshot is shared with.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="CreateTime">Since when, UTC.</param>
public sealed record SharePermission(string AccountId, DateTimeOffset CreateTime);
