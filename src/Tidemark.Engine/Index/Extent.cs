namespace Tidemark.Engine.Index;

/// <summary>
/// A run of blocks of a disk and where their content is: data in consecutive slots of one segment, or zero (trimmed or
/// written as zeros, which hides whatever lies below). The checksums of data blocks travel beside it.
/// </summary>
/// <param name="FirstBlock">The first block, in units of 4 KiB from the start of the disk.</param>
/// <param name="BlockCount">How many blocks; at least 1.</param>
/// <param name="Sequence">The sequence of the record that wrote them; of two extents the higher one hides the
/// other.</param>
/// <param name="SegmentId">The segment that holds the data; 0 for zero.</param>
/// <param name="Slot">The first slot in the segment, in units of 4 KiB from the start of the file; 0 for zero.</param>
public readonly record struct Extent(long FirstBlock, int BlockCount, long Sequence, long SegmentId, int Slot)
{
    /// <summary>True when the blocks read as zeros and take no space.</summary>
    public bool IsZero => SegmentId == 0;

    /// <summary>One past the last block.</summary>
    public long EndBlock => FirstBlock + BlockCount;

    /// <summary>
    /// The part of this extent from <paramref name="firstBlock"/>, <paramref name="blockCount"/> blocks long.
    /// </summary>
    public Extent Slice(long firstBlock, int blockCount) => this with
    {
        FirstBlock = firstBlock,
        BlockCount = blockCount,
        Slot = IsZero ? 0 : Slot + (int)(firstBlock - FirstBlock),
    };
}
