using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Log;

/// <summary>
/// Reads a segment that was not published, record by record, until the first block that is not the next whole record:
/// a torn one, zeros, or a footer that was written and not yet listed. What comes before it is accepted, the rest is
/// not.
/// </summary>
internal sealed class SegmentScan
{
    private readonly StoreFile _file;
    private readonly SegmentHeader _header;
    private readonly byte[] _block = new byte[Blocks.SizeBytes];
    private readonly byte[] _data = new byte[RecordHeader.DataBlocksMax << Blocks.SizeShift];
    private readonly RecordContent _content = new();

    /// <summary>Prepares to scan a segment whose header was read.</summary>
    public SegmentScan(StoreFile file, SegmentHeader header)
    {
        _file = file;
        _header = header;
        LastSequence = header.FirstSequence - 1;
        NextSlot = 1;
    }

    /// <summary>The extents of the accepted records, in log order.</summary>
    public ExtentBuffer Found { get; } = new();

    /// <summary>The slots of the accepted records' headers.</summary>
    public List<DeadRange> HeaderSlots { get; } = [];

    /// <summary>The last accepted sequence; one less than the first when there is none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The slot after the last accepted record.</summary>
    public int NextSlot { get; private set; }

    /// <summary>Scans.</summary>
    public void Run()
    {
        while (NextSlot < SegmentLayout.DataSlotsMax && TryAcceptNext())
        {
        }
    }

    private bool TryAcceptNext()
    {
        if (_file.Read(SegmentLayout.OffsetOf(NextSlot), _block) < _block.Length
            || !RecordHeader.TryRead(_block, _header.SegmentId, LastSequence + 1, NextSlot, _content, out _)
            || !IsDataWhole())
        {
            return false;
        }

        _content.AddTo(Found);
        HeaderSlots.Add(new DeadRange(_header.SegmentId, NextSlot, 1));
        LastSequence++;
        NextSlot += 1 + _content.DataBlockCount;
        return true;
    }

    private bool IsDataWhole()
    {
        var data = _data.AsSpan(0, _content.DataBlockCount << Blocks.SizeShift);
        return NextSlot + 1 + _content.DataBlockCount <= SegmentLayout.DataSlotsMax
            && _file.Read(SegmentLayout.OffsetOf(NextSlot + 1), data) == data.Length
            && Crc32C.FirstMismatch(data, _content.Crcs) < 0;
    }
}
