using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The answer to GetResources.</summary>
internal sealed class GetResourcesResponse : ApiResponse
{
    /// <summary>What to send for the next page; empty on the last one.</summary>
    public required string PaginationToken { get; init; }

    /// <summary>The resources, in order of id.</summary>
    public required IReadOnlyList<WireTagMapping> ResourceTagMappingList { get; init; }
}
