using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The answer to GetTags and GetTagValues.</summary>
internal sealed class GetTagsResponse : ApiResponse
{
    /// <summary>What to send for the next page; empty on the last one.</summary>
    public required string PaginationToken { get; init; }

    /// <summary>The labels, in order.</summary>
    public required IReadOnlyList<WireTag> Tags { get; init; }
}
