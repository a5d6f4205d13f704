using System.Buffers;
using System.Buffers.Binary;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Index;

/// <summary>
/// Writes one chunk into a file, from sorted extents: pages as they fill, in pieces of 256 KiB, then the tables, and
/// the header last, so that a chunk cut short has none. Syncs nothing.
/// </summary>
internal sealed class ChunkBuilder : IDisposable
{
    /// <summary>How much is gathered before it is written: 64 blocks of 4 KiB = 256 KiB.</summary>
    public const int PieceBytes = 64 * Blocks.SizeBytes;

    // Fewer blocks than this are not worth an extent of their own at the end of a page.
    private const int SplitBlocksMin = 16;

    private readonly StoreFile _file;
    private readonly long _offsetBytes;
    private readonly ChunkKind _kind;
    private readonly long _layerId;
    private readonly long _runNumber;
    private readonly ExtentBuffer _page = new();
    private readonly List<long> _fences = [];
    private readonly List<RegionRange> _regions = [];
    private readonly Dictionary<long, long> _references = [];
    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(PieceBytes);

    // The piece starts at this offset in the chunk. The first piece has room for the header.
    private long _pieceOffset;
    private int _pieceLength = Blocks.SizeBytes;
    private long _dataBlockCount;
    private long _zeroBlockCount;
    private long _firstBlock;
    private long _endBlock;
    private bool _isDisposed;

    /// <summary>Starts a chunk at an offset, a multiple of 4 KiB, of a file that the caller owns.</summary>
    public ChunkBuilder(StoreFile file, long offsetBytes, ChunkKind kind, long layerId, long runNumber)
    {
        _file = file;
        _offsetBytes = offsetBytes;
        _kind = kind;
        _layerId = layerId;
        _runNumber = runNumber;
    }

    /// <summary>Extents written so far; an extent that is split to fit on its page counts as several.</summary>
    public long ExtentCount { get; private set; }

    /// <summary>Pages written so far.</summary>
    public int PageCount => _fences.Count;

    /// <summary>Appends an extent, which starts where the last one ends or later.</summary>
    /// <exception cref="ArgumentException">The extent is out of order, or the checksums do not go with it.</exception>
    public void Add(in Extent extent, ReadOnlySpan<uint> crcs)
    {
        if (extent.FirstBlock < _endBlock)
            throw new ArgumentException($"{extent} does not go behind block {_endBlock}.");
        if (ExtentCount == 0)
            _firstBlock = extent.FirstBlock;

        Count(extent);
        var taken = 0;
        while (taken < extent.BlockCount)
        {
            var blockCount = BlocksThatFit(extent, extent.BlockCount - taken);
            if (blockCount == 0)
            {
                FlushPage();
                continue;
            }

            var part = extent.Slice(extent.FirstBlock + taken, blockCount);
            _page.Add(part, extent.IsZero ? [] : crcs.Slice(taken, blockCount));
            taken += blockCount;
            ExtentCount++;
        }
    }

    /// <summary>Writes what is left, the tables and the header. Nothing may be added after it.</summary>
    /// <returns>The chunk's row for the catalog, under the layer and run that it was written for.</returns>
    public ChunkRow Finish()
    {
        if (_page.Count > 0)
            FlushPage();
        var pageCount = _fences.Count;
        var fences = AppendTable(PackFences());
        var regions = AppendTable(RegionTable.Pack(_regions));
        var segments = AppendTable(SegmentTable.Pack(_references));
        var header = new ChunkHeader
        {
            LayerId = _layerId,
            RunNumber = _runNumber,
            ObjectId = _file.Id,
            ChunkKind = _kind,
            PageCount = pageCount,
            ExtentCount = ExtentCount,
            DataBlockCount = _dataBlockCount,
            ZeroBlockCount = _zeroBlockCount,
            FirstBlock = _firstBlock,
            LastBlock = _endBlock - 1,
            LengthBytes = _pieceOffset + _pieceLength,
            Fences = fences,
            Regions = regions,
            Segments = segments,
        };
        WriteWithHeader(header);
        return ToRow(header);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        ArrayPool<byte>.Shared.Return(_piece);
    }

    internal static ChunkRow ToRow(ChunkHeader header, long offsetBytes) => new(
        header.LayerId,
        header.RunNumber,
        header.FirstBlock,
        header.LastBlock,
        header.ChunkKind == ChunkKind.Footer,
        header.ObjectId,
        offsetBytes,
        header.LengthBytes,
        header.ExtentCount,
        header.DataBlockCount,
        header.ZeroBlockCount);

    private ChunkRow ToRow(ChunkHeader header) => ToRow(header, _offsetBytes);

    private void Count(in Extent extent)
    {
        _endBlock = extent.EndBlock;
        RegionRange.Append(_regions, RegionRange.Of(extent.FirstBlock, extent.BlockCount));
        if (extent.IsZero)
        {
            _zeroBlockCount += extent.BlockCount;
            return;
        }

        _dataBlockCount += extent.BlockCount;
        _references[extent.SegmentId] = _references.GetValueOrDefault(extent.SegmentId) + extent.BlockCount;
    }

    /// <summary>How many of the extent's blocks go on the open page; 0 when it is full.</summary>
    private int BlocksThatFit(in Extent extent, int wanted)
    {
        var used = _page.Count * ChunkPage.ExtentBytes + (int)_page.DataBlockCount * ChunkPage.CrcBytes;
        var free = ChunkPage.CapacityBytes - used - ChunkPage.ExtentBytes;
        if (extent.IsZero)
            return free < 0 ? 0 : wanted;
        var fitting = Math.Min(wanted, free / ChunkPage.CrcBytes);
        return fitting < Math.Min(wanted, SplitBlocksMin) ? 0 : fitting;
    }

    private void FlushPage()
    {
        if (_fences.Count == ChunkHeader.PagesMax)
            throw new InvalidOperationException($"{_file.Name}: a chunk has at most {ChunkHeader.PagesMax} pages.");
        ChunkPage.Write(NextBlock(), _file.Id, _fences.Count, _page);
        _fences.Add(_page[0].FirstBlock);
        _page.Clear();
    }

    private byte[] PackFences()
    {
        var packed = new byte[_fences.Count * sizeof(long)];
        for (var index = 0; index < _fences.Count; index++)
            BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(index * sizeof(long)), _fences[index]);
        return packed;
    }

    private ChunkTable AppendTable(ReadOnlySpan<byte> packed)
    {
        var offset = _pieceOffset + _pieceLength;
        var length = packed.Length;
        var crc = 0u;
        while (!packed.IsEmpty)
        {
            var block = NextBlock();
            var taken = Math.Min(packed.Length, Blocks.SizeBytes);
            packed[..taken].CopyTo(block);
            block[taken..].Clear();
            crc = Crc32C.Compute(block, crc);
            packed = packed[taken..];
        }

        return new ChunkTable(offset, length, crc);
    }

    private Span<byte> NextBlock()
    {
        if (_pieceLength == PieceBytes)
            WritePiece();
        var block = _piece.AsSpan(_pieceLength, Blocks.SizeBytes);
        _pieceLength += Blocks.SizeBytes;
        return block;
    }

    private void WritePiece()
    {
        // The first block of the first piece is the header's: it is written last.
        var skipped = _pieceOffset == 0 ? Blocks.SizeBytes : 0;
        var offset = _offsetBytes + _pieceOffset + skipped;
        _file.Write(offset, _piece.AsSpan(skipped, _pieceLength - skipped), []);
        _file.StartWriteOut(offset, _pieceLength - skipped);
        _pieceOffset += _pieceLength;
        _pieceLength = 0;
    }

    private void WriteWithHeader(ChunkHeader header)
    {
        if (_pieceOffset == 0)
        {
            header.Write(_piece.AsSpan(0, Blocks.SizeBytes));
            _file.Write(_offsetBytes, _piece.AsSpan(0, _pieceLength), []);
            return;
        }

        if (_pieceLength > 0)
            WritePiece();
        header.Write(_piece.AsSpan(0, Blocks.SizeBytes));
        _file.Write(_offsetBytes, _piece.AsSpan(0, Blocks.SizeBytes), []);
    }
}
