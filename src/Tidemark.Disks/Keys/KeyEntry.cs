namespace Tidemark.Disks.Keys;

/// <summary>A key that can be used now.</summary>
/// <param name="SecretKey">The secret.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="IsReadOnly">Whether it may only look.</param>
public sealed record KeyEntry(string SecretKey, string AccountId, bool IsReadOnly)
{
    /// <summary>Without the secret, so that it never reaches a log.</summary>
    public override string ToString() => AccountId;
}
