using Tidemark.Api.Wire;
using Tidemark.Disks.Accounts;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>An account as DescribeAccounts shows it.</summary>
internal sealed class WireAccount(Account account)
{
    public string AccountId => account.AccountId;

    public string AccountName => account.Name;

    public int AccessKeyCount => account.KeyCount;

    public string CreateTime => WireTime.Utc(account.CreateTime);
}
