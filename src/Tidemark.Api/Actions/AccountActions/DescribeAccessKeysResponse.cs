using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>The answer to DescribeAccessKeys.</summary>
internal sealed class DescribeAccessKeysResponse : ApiResponse
{
    /// <summary>How many there are.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The keys.</summary>
    public required IReadOnlyList<WireAccessKey> AccessKeySet { get; init; }
}
