using Tidemark.Disks.Keys;

namespace Tidemark.Disks.Accounts;

/// <summary>Who may look after the whole server: itself, and the first account's keys that may write.</summary>
/// <param name="findKey">A key that can be used now, by its secret id.</param>
internal sealed class Administrators(Func<string, KeyEntry?> findKey)
{
    /// <summary>Whether a caller is one.</summary>
    public bool Has(Caller caller) => caller.Scope is null
        || (caller.Scope.AccountId == Scope.FirstAccountId && findKey(caller.Name) is { IsReadOnly: false });

    /// <summary>Refuses everybody else.</summary>
    public void Require(Caller caller)
    {
        if (!Has(caller))
        {
            throw new DomainException(
                ErrorCode.Unauthorized,
                "Only a key of the server's first account that may write can look after accounts.");
        }
    }
}
