using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>The answer to CreateDisks.</summary>
internal sealed class CreateDisksResponse : ApiResponse
{
    /// <summary>The new disks, in the order of their names.</summary>
    public required IReadOnlyList<string> DiskIdSet { get; init; }
}
