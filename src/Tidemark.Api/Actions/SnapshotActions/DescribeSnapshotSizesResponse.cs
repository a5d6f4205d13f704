using Tidemark.Api.Wire;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to DescribeSnapshotSizes.</summary>
internal sealed class DescribeSnapshotSizesResponse : ApiResponse
{
    /// <summary>The sizes of each snapshot, in the order asked.</summary>
    public required IReadOnlyList<SnapshotSizes> SnapshotSizeSet { get; init; }

    /// <summary>Bytes that would come back if all of them were deleted.</summary>
    public required long FreedIfDeletedBytes { get; init; }
}
