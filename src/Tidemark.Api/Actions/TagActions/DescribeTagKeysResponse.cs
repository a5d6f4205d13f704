using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The answer to DescribeTagKeys.</summary>
internal sealed class DescribeTagKeysResponse : ApiResponse
{
    /// <summary>How many there are on all pages.</summary>
    public required long TotalCount { get; init; }

    /// <summary>How many were skipped.</summary>
    public required long Offset { get; init; }

    /// <summary>How many a page has at most.</summary>
    public required long Limit { get; init; }

    /// <summary>The keys, in order.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
}
