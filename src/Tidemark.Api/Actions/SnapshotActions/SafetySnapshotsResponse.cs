using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to actions that replace what several disks hold.</summary>
internal sealed class SafetySnapshotsResponse : ApiResponse
{
    /// <summary>Extension: the snapshots of what was replaced, in the order of the disks.</summary>
    public required IReadOnlyList<string> SafetySnapshotIdSet { get; init; }
}
