using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to DescribeSnapshots.</summary>
internal sealed class DescribeSnapshotsResponse : ApiResponse
{
    /// <summary>How many snapshots there are on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<WireSnapshot> SnapshotSet { get; init; }
}
