using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The answer to TagResources and UnTagResources.</summary>
internal sealed class FailedResourcesResponse : ApiResponse
{
    /// <summary>Resources that were left as they were; empty when all went well.</summary>
    public required IReadOnlyList<WireFailedResource> FailedResources { get; init; }
}
