using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.GroupActions;

/// <summary>The answer to DescribeSnapshotGroups.</summary>
internal sealed class DescribeSnapshotGroupsResponse : ApiResponse
{
    /// <summary>How many groups there are on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<WireSnapshotGroup> SnapshotGroupSet { get; init; }
}
