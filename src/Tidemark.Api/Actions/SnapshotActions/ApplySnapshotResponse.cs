using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to ApplySnapshot.</summary>
internal sealed class ApplySnapshotResponse : ApiResponse
{
    /// <summary>Extension: the snapshot of what was replaced; empty when none is kept.</summary>
    public required string SafetySnapshotId { get; init; }
}
