using Tidemark.Api.Wire;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to DescribeChangedBlocks.</summary>
internal sealed class DescribeChangedBlocksResponse : ApiResponse
{
    /// <summary>The extents of this page, sorted by offset.</summary>
    public required IReadOnlyList<ChangedExtent> ChangedBlockSet { get; init; }

    /// <summary>The StartOffset of the next page; null on the last one.</summary>
    public required long? NextOffset { get; init; }

    /// <summary>Size of the disk when the snapshot was taken.</summary>
    public required long DiskSizeBytes { get; init; }
}
