using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SharingActions;

/// <summary>The answer to CopySnapshotCrossRegions.</summary>
internal sealed class CopySnapshotCrossRegionsResponse : ApiResponse
{
    /// <summary>What became of each region, in the order asked.</summary>
    public required IReadOnlyList<WireSnapshotCopyResult> SnapshotCopyResultSet { get; init; }
}
