using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to actions that replace what a disk holds.</summary>
internal sealed class SafetySnapshotResponse : ApiResponse
{
    /// <summary>Extension: the snapshot of what was replaced; empty when none is kept.</summary>
    public required string SafetySnapshotId { get; init; }
}
