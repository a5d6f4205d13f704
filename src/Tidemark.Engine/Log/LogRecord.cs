using Tidemark.Engine.Format;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Log;

/// <summary>
/// One record on its way into the log: what it writes, and then where it landed. Belongs to the thread that appends;
/// other threads may apply it once it is marked complete, while its owner waits.
/// </summary>
internal sealed class LogRecord
{
    private readonly Extent[] _extents = new Extent[RecordHeader.DataBlocksMax];
    private readonly uint[] _crcs = new uint[RecordHeader.DataBlocksMax];
    private int _extentCount;
    private int _dataBlockCount;

    /// <summary>The sequence given at reservation.</summary>
    public long Sequence { get; set; }

    /// <summary>The slot of the record's header.</summary>
    public int HeaderSlot { get; set; }

    /// <summary>The segment it goes to; null before reservation.</summary>
    public LogSegment? Segment { get; set; }

    /// <summary>The extents, in the order of the writes.</summary>
    public ReadOnlySpan<Extent> Extents => _extents.AsSpan(0, _extentCount);

    /// <summary>One checksum for each data block, in order.</summary>
    public ReadOnlySpan<uint> Crcs => _crcs.AsSpan(0, _dataBlockCount);

    /// <summary>Slots that the record takes: its header and its data.</summary>
    public int SlotCount => 1 + _dataBlockCount;

    /// <summary>Data blocks so far.</summary>
    public int DataBlockCount => _dataBlockCount;

    /// <summary>True while nothing was added.</summary>
    public bool IsEmpty => _extentCount == 0;

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        _extentCount = 0;
        _dataBlockCount = 0;
        Segment = null;
    }

    /// <summary>True when one more extent of so many data blocks still fits.</summary>
    public bool Fits(int dataBlockCount) =>
        _extentCount < _extents.Length
        && _dataBlockCount + dataBlockCount <= RecordHeader.DataBlocksMax
        && RecordHeader.Fits(_extentCount + 1, _dataBlockCount + dataBlockCount);

    /// <summary>Adds data blocks and computes their checksums.</summary>
    public void AddData(long firstBlock, ReadOnlySpan<byte> blocks)
    {
        var count = blocks.Length >> Blocks.SizeShift;
        Crc32C.ComputeBlocks(blocks, _crcs.AsSpan(_dataBlockCount, count));
        _extents[_extentCount++] = new Extent(firstBlock, count, 0, -1, 0);
        _dataBlockCount += count;
    }

    /// <summary>Adds blocks that read as zeros from now on.</summary>
    public void AddZero(long firstBlock, int blockCount) =>
        _extents[_extentCount++] = new Extent(firstBlock, blockCount, 0, 0, 0);

    /// <summary>Fills in where the record landed, once its slots are reserved.</summary>
    public void Place(LogSegment segment, long sequence, int headerSlot)
    {
        Segment = segment;
        Sequence = sequence;
        HeaderSlot = headerSlot;
        var slot = headerSlot + 1;
        for (var i = 0; i < _extentCount; i++)
        {
            ref var extent = ref _extents[i];
            if (extent.IsZero)
            {
                extent = extent with { Sequence = sequence };
                continue;
            }

            extent = extent with { Sequence = sequence, SegmentId = segment.Id, Slot = slot };
            slot += extent.BlockCount;
        }
    }
}
