using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to CreateSnapshot.</summary>
internal sealed class CreateSnapshotResponse : ApiResponse
{
    /// <summary>The new snapshot.</summary>
    public required string SnapshotId { get; init; }
}
