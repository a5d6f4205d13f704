#pragma warning disable CA1822
namespace Tidemark.Disks.Keys;

/// <summary>The key pairs that sign requests. Secrets are kept sealed with the master key.</summary>
public sealed class AccessKeys
{
    /// <summary>The secret of a key that is known and enabled, or null. Answered from memory.</summary>
    public string? FindSecretKey(string secretId) => throw new InvalidOperationException();

    /// <summary>
    /// Makes sure that there is a key: adds the given pair when it is unknown (or has another secret), or draws one when no key
    /// exists at all and none is given.
    /// </summary>
    /// <returns>The given pair, the drawn pair, or the oldest one.</returns>
    public AccessKey EnsureFirst(AccessKey? given) => throw new InvalidOperationException();

    /// <summary>Draws and stores another pair.</summary>
    public AccessKey Create(string name, Caller caller) => throw new InvalidOperationException();
}
