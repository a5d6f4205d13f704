using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The answer to GetTagKeys.</summary>
internal sealed class GetTagKeysResponse : ApiResponse
{
    /// <summary>What to send for the next page; empty on the last one.</summary>
    public required string PaginationToken { get; init; }

    /// <summary>The keys, in order.</summary>
    public required IReadOnlyList<string> TagKeys { get; init; }
}
