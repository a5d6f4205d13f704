using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Reclaim;

/// <summary>
/// Writes blocks in the order of their numbers into new segments of one layer, one after the other. The header is
/// written last, so that a file that was cut short is no segment; it says that the segment is no part of the log, so
/// that it is never replayed. What is not listed in the catalog in the end is removed by <see cref="RemoveAll"/>.
/// </summary>
internal sealed class SegmentPacker : IDisposable
{
    private const int PieceBlocks = 256;

    private readonly Store _store;
    private readonly SegmentHeader _pattern;
    private readonly Func<long> _nextSegmentId;
    private readonly long _runNumber;
    private readonly long _freeBytesMin;
    private readonly List<PackedSegment> _packed = [];
    private readonly List<long> _createdIds = [];
    private readonly ExtentBuffer _extents = new();
    private readonly byte[] _piece = new byte[PieceBlocks << Blocks.SizeShift];
    private StoreFile? _file;
    private int _writtenSlots;
    private int _pieceCount;
    private int _dataExtents;
    private int _zeroExtents;
    private bool _isResident;

    /// <summary>Prepares; creates nothing yet.</summary>
    /// <param name="store">Where the segments go.</param>
    /// <param name="pattern">What the headers say; the segment's id and sequence are filled in.</param>
    /// <param name="nextSegmentId">Gives ids that were never given before.</param>
    /// <param name="runNumber">The run that the footers may become.</param>
    /// <param name="freeBytesMin">With less free space than this, packing ends as if the store were full.</param>
    public SegmentPacker(
        Store store, SegmentHeader pattern, Func<long> nextSegmentId, long runNumber, long freeBytesMin)
    {
        _store = store;
        _pattern = pattern with { IsCompacted = true };
        _nextSegmentId = nextSegmentId;
        _runNumber = runNumber;
        _freeBytesMin = freeBytesMin;
    }

    /// <summary>The segments made so far.</summary>
    public IReadOnlyList<PackedSegment> Packed => _packed;

    /// <summary>
    /// Room for the next blocks, at most <paramref name="blockCount"/> and at least one; the caller fills it and calls
    /// <see cref="Add"/> with as many.
    /// </summary>
    public Span<byte> Reserve(int blockCount)
    {
        // Data alone always leaves room for its footer.
        var isFull = NextSlot == SegmentLayout.DataSlotsMax
            || (_zeroExtents > 0 && !HasFooterRoom(1, 0, Math.Min(blockCount, PieceBlocks)));
        if (_file is not null && isFull)
        {
            EndSegment();
        }

        if (_pieceCount == PieceBlocks)
        {
            WritePiece();
        }

        Open();
        var room = Math.Min(PieceBlocks - _pieceCount, SegmentLayout.DataSlotsMax - NextSlot);
        return _piece.AsSpan(_pieceCount << Blocks.SizeShift, Math.Min(room, blockCount) << Blocks.SizeShift);
    }

    /// <summary>Takes the blocks that were put into the reserved room; returns where they are now.</summary>
    /// <param name="moved">The part of the extent that they are.</param>
    /// <param name="crcs">Their checksums, which the caller has compared with the bytes.</param>
    /// <param name="isResident">True when the bytes were in memory before anyone read them for this.</param>
    public Extent Add(in Extent moved, ReadOnlySpan<uint> crcs, bool isResident)
    {
        var file = _file ?? throw new InvalidOperationException("No room was reserved.");
        var extent = moved with { SegmentId = file.Id, Slot = NextSlot };
        var before = _extents.Count;
        _extents.AddJoined(extent, crcs);
        _dataExtents += _extents.Count - before;
        _pieceCount += moved.BlockCount;
        _isResident |= isResident;
        return extent;
    }

    /// <summary>Enters zero blocks in the footer, for those that become the index.</summary>
    public void AddZero(in Extent zero)
    {
        if (_file is not null && !HasFooterRoom(0, 1, 0))
        {
            EndSegment();
        }

        Open();
        var before = _extents.Count;
        _extents.AddJoined(zero, []);
        _zeroExtents += _extents.Count - before;
    }

    /// <summary>Ends the last segment; on return all of them and their names are durable.</summary>
    public void Finish()
    {
        EndSegment();
        if (_createdIds.Count > 0)
        {
            _store.SyncNames(StoreArea.Segments);
        }
    }

    /// <summary>Removes every segment made: the catalog lists none of them and never did.</summary>
    public void RemoveAll()
    {
        Dispose();
        foreach (var id in _createdIds)
        {
            _store.Delete(StoreArea.Segments, id);
        }

        _createdIds.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private int NextSlot => _writtenSlots + _pieceCount;

    private bool HasFooterRoom(int dataExtents, int zeroExtents, int blocks) => FooterWriter.Fits(
        _dataExtents + dataExtents, _zeroExtents + zeroExtents, _extents.DataBlockCount + blocks);

    private void Open()
    {
        if (_file is null)
        {
            RequireSpace();
            var id = _nextSegmentId();
            _file = _store.Create(StoreArea.Segments, id);
            _createdIds.Add(id);
            _writtenSlots = 1;
            _isResident = false;
        }
    }

    private void WritePiece()
    {
        if (_file is null || _pieceCount == 0)
        {
            return;
        }

        RequireSpace();
        var offset = SegmentLayout.OffsetOf(_writtenSlots);
        var bytes = _piece.AsSpan(0, _pieceCount << Blocks.SizeShift);
        _file.Write(offset, bytes, []);
        _file.StartWriteOut(offset, bytes.Length);
        _writtenSlots += _pieceCount;
        _pieceCount = 0;
    }

    private void EndSegment()
    {
        if (_file is null)
        {
            return;
        }

        WritePiece();
        long first = long.MaxValue, last = 0;
        foreach (ref readonly var extent in _extents.Extents)
        {
            first = Math.Min(first, extent.Sequence);
            last = Math.Max(last, extent.Sequence);
        }

        var footer = FooterWriter.Write(_file, SegmentLayout.OffsetOf(_writtenSlots), _extents, _pattern.LayerId,
            _runNumber, (first, last));
        var header = _pattern with { SegmentId = _file.Id, FirstSequence = first };
        header.Write(_piece.AsSpan(0, Blocks.SizeBytes));
        _file.Write(0, _piece.AsSpan(0, Blocks.SizeBytes), []);
        _file.Sync();
        if (!_isResident)
        {
            _file.DropResident();
        }

        _packed.Add(new PackedSegment(
            new SegmentRow(_pattern.DiskId, _file.Id, _file.LengthBytes, IsRetired: false), footer));
        _file.Dispose();
        _file = null;
        _extents.Clear();
        _dataExtents = 0;
        _zeroExtents = 0;
    }

    private void RequireSpace()
    {
        var free = _store.FreeBytes;
        if (free < _freeBytesMin)
        {
            throw new StoreException(StoreFault.NoSpace,
                $"{free} bytes are free in the store, and compaction leaves {_freeBytesMin} to the writers.");
        }
    }
}
