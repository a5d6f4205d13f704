using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The answer to DescribeResourceTags.</summary>
internal sealed class DescribeResourceTagsResponse : ApiResponse
{
    /// <summary>How many there are on all pages.</summary>
    public required long TotalCount { get; init; }

    /// <summary>How many were skipped.</summary>
    public required long Offset { get; init; }

    /// <summary>How many a page has at most.</summary>
    public required long Limit { get; init; }

    /// <summary>The labels, in order of resource and key.</summary>
    public required IReadOnlyList<WireTagResource> Rows { get; init; }
}
