using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>The answer to DescribeAccounts.</summary>
internal sealed class DescribeAccountsResponse : ApiResponse
{
    /// <summary>How many there are.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The accounts.</summary>
    public required IReadOnlyList<WireAccount> AccountSet { get; init; }
}
