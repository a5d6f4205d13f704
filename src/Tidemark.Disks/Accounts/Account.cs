namespace Tidemark.Disks.Accounts;

/// <summary>An owner of resources and keys.</summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Name">At most 60 bytes of UTF-8.</param>
/// <param name="CreateTime">When it was made.</param>
/// <param name="KeyCount">How many keys it has, disabled ones included.</param>
public sealed record Account(string AccountId, string Name, DateTimeOffset CreateTime, int KeyCount);
