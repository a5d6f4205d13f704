using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>The answer to InitializeDisks.</summary>
internal sealed class InitializeDisksResponse : ApiResponse
{
    /// <summary>Extension: the snapshots of what was replaced, in the order of the disks.</summary>
    public required IReadOnlyList<string> SafetySnapshotIdSet { get; init; }
}
