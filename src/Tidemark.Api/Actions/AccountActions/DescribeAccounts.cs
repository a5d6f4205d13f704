using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>Extension: all accounts, oldest first.</summary>
internal static class DescribeAccounts
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeAccounts",
        Run,
        typeof(DescribeAccountsResponse),
        "All accounts, oldest first. For administrators: the first account's keys that may write.")
    {
        IsExtension = true,
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var accounts = call.Domain.Accounts.List(call.Caller);
        return new DescribeAccountsResponse
        {
            TotalCount = accounts.Count,
            AccountSet = [.. accounts.Select(account => new WireAccount(account))],
        };
    }
}
