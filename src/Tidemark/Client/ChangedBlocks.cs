namespace Tidemark.Client;

/// <summary>A page of DescribeChangedBlocks, or all pages put together.</summary>
/// <param name="ChangedBlockSet">The extents, sorted.</param>
/// <param name="NextOffset">Where the next page starts; null on the last one.</param>
/// <param name="DiskSizeBytes">Size of the disk of the later snapshot.</param>
internal sealed record ChangedBlocks(
    IReadOnlyList<ChangedExtentMembers> ChangedBlockSet, long? NextOffset, long DiskSizeBytes);
