using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Tidemark.Engine.Format;

/// <summary>
/// The first block of an index chunk: what the chunk speaks of, and where its tables are. After it come the pages, then
/// the tables of fences, regions and segments, each padded to whole blocks. Layout: docs/formats/index-chunk.md.
/// </summary>
internal sealed record ChunkHeader
{
    /// <summary>The most pages in a chunk: 64 Ki of 4 KiB = 256 MiB. The footer of any segment is shorter.</summary>
    public const int PagesMax = 65_536;

    /// <summary>The most extents in a chunk: as many as its pages can have.</summary>
    public const int ExtentsMax = PagesMax * ChunkPage.ExtentsMax;

    private const string Kind = "chunk header";
    private const int LayerIdOffset = Preamble.SizeBytes;
    private const int RunNumberOffset = LayerIdOffset + sizeof(long);
    private const int ObjectIdOffset = RunNumberOffset + sizeof(long);
    private const int KindOffset = ObjectIdOffset + sizeof(long);
    private const int PageCountOffset = KindOffset + sizeof(uint);
    private const int ExtentCountOffset = PageCountOffset + sizeof(uint);
    private const int DataBlockCountOffset = ExtentCountOffset + sizeof(long);
    private const int ZeroBlockCountOffset = DataBlockCountOffset + sizeof(long);
    private const int FirstBlockOffset = ZeroBlockCountOffset + sizeof(long);
    private const int LastBlockOffset = FirstBlockOffset + sizeof(long);
    private const int LengthOffset = LastBlockOffset + sizeof(long);
    private const int FencesOffset = LengthOffset + sizeof(long);
    private const int TableBytes = sizeof(long) + sizeof(uint) + sizeof(uint);
    private const int RegionsOffset = FencesOffset + TableBytes;
    private const int SegmentsOffset = RegionsOffset + TableBytes;
    private const int ReservedOffset = SegmentsOffset + TableBytes;

    private static ReadOnlySpan<byte> Magic => "TMCHUNK0"u8;

    /// <summary>The layer that the chunk was written for; another may have adopted it since.</summary>
    public required long LayerId { get; init; }

    /// <summary>The run that the chunk was written for.</summary>
    public required long RunNumber { get; init; }

    /// <summary>The id of the file that the chunk is in, which its pages repeat.</summary>
    public required long ObjectId { get; init; }

    /// <summary>The kind of file that the chunk is in.</summary>
    public required ChunkKind ChunkKind { get; init; }

    /// <summary>How many pages follow the header.</summary>
    public required int PageCount { get; init; }

    /// <summary>Extents on all pages.</summary>
    public required long ExtentCount { get; init; }

    /// <summary>Blocks with data.</summary>
    public required long DataBlockCount { get; init; }

    /// <summary>Blocks that are zero.</summary>
    public required long ZeroBlockCount { get; init; }

    /// <summary>The first block of the first extent; 0 when there is none.</summary>
    public required long FirstBlock { get; init; }

    /// <summary>The last block of the last extent; -1 when there is none.</summary>
    public required long LastBlock { get; init; }

    /// <summary>The length of the whole chunk.</summary>
    public required long LengthBytes { get; init; }

    /// <summary>The first block of every page, 8 bytes each.</summary>
    public required ChunkTable Fences { get; init; }

    /// <summary>The regions that have an extent, as <see cref="RegionTable"/> packs them.</summary>
    public required ChunkTable Regions { get; init; }

    /// <summary>Segment id and data blocks in it, 8 bytes each, by id.</summary>
    public required ChunkTable Segments { get; init; }

    /// <summary>Writes the header over <paramref name="block"/>, which is one block long.</summary>
    /// <exception cref="ArgumentException">The block has another length.</exception>
    public void Write(Span<byte> block)
    {
        if (block.Length != Blocks.SizeBytes)
            throw new ArgumentException($"A chunk header takes {Blocks.SizeBytes} bytes, not {block.Length}.");

        block.Clear();
        Preamble.Write(block, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(block[LayerIdOffset..], LayerId);
        BinaryPrimitives.WriteInt64LittleEndian(block[RunNumberOffset..], RunNumber);
        BinaryPrimitives.WriteInt64LittleEndian(block[ObjectIdOffset..], ObjectId);
        BinaryPrimitives.WriteInt32LittleEndian(block[KindOffset..], (int)ChunkKind);
        BinaryPrimitives.WriteInt32LittleEndian(block[PageCountOffset..], PageCount);
        BinaryPrimitives.WriteInt64LittleEndian(block[ExtentCountOffset..], ExtentCount);
        BinaryPrimitives.WriteInt64LittleEndian(block[DataBlockCountOffset..], DataBlockCount);
        BinaryPrimitives.WriteInt64LittleEndian(block[ZeroBlockCountOffset..], ZeroBlockCount);
        BinaryPrimitives.WriteInt64LittleEndian(block[FirstBlockOffset..], FirstBlock);
        BinaryPrimitives.WriteInt64LittleEndian(block[LastBlockOffset..], LastBlock);
        BinaryPrimitives.WriteInt64LittleEndian(block[LengthOffset..], LengthBytes);
        WriteTable(block[FencesOffset..], Fences);
        WriteTable(block[RegionsOffset..], Regions);
        WriteTable(block[SegmentsOffset..], Segments);
        Preamble.Seal(block);
    }

    /// <summary>Reads a header; false, with the reason, when the block is not one that this program may use.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> block, [NotNullWhen(true)] out ChunkHeader? header, [NotNullWhen(false)] out string? reason)
    {
        header = null;
        reason = block.Length != Blocks.SizeBytes
            ? $"the {Kind} is cut short: {block.Length} bytes, expected {Blocks.SizeBytes}"
            : Preamble.CheckKind(block, Magic, Kind)
                ?? Preamble.CheckCrc(block, Kind)
                ?? Preamble.CheckReserved(block[ReservedOffset..], ReservedOffset, Kind);
        if (reason is not null)
            return false;

        var read = Parse(block);
        reason = read.CheckLayout();
        if (reason is not null)
            return false;
        header = read;
        return true;
    }

    /// <summary>The tables for chunks of this many pages, one after the other behind the pages.</summary>
    public static long FencesOffsetAfter(int pageCount) => (1L + pageCount) * Blocks.SizeBytes;

    private static ChunkHeader Parse(ReadOnlySpan<byte> block) => new()
    {
        LayerId = BinaryPrimitives.ReadInt64LittleEndian(block[LayerIdOffset..]),
        RunNumber = BinaryPrimitives.ReadInt64LittleEndian(block[RunNumberOffset..]),
        ObjectId = BinaryPrimitives.ReadInt64LittleEndian(block[ObjectIdOffset..]),
        ChunkKind = (ChunkKind)BinaryPrimitives.ReadInt32LittleEndian(block[KindOffset..]),
        PageCount = BinaryPrimitives.ReadInt32LittleEndian(block[PageCountOffset..]),
        ExtentCount = BinaryPrimitives.ReadInt64LittleEndian(block[ExtentCountOffset..]),
        DataBlockCount = BinaryPrimitives.ReadInt64LittleEndian(block[DataBlockCountOffset..]),
        ZeroBlockCount = BinaryPrimitives.ReadInt64LittleEndian(block[ZeroBlockCountOffset..]),
        FirstBlock = BinaryPrimitives.ReadInt64LittleEndian(block[FirstBlockOffset..]),
        LastBlock = BinaryPrimitives.ReadInt64LittleEndian(block[LastBlockOffset..]),
        LengthBytes = BinaryPrimitives.ReadInt64LittleEndian(block[LengthOffset..]),
        Fences = ReadTable(block[FencesOffset..]),
        Regions = ReadTable(block[RegionsOffset..]),
        Segments = ReadTable(block[SegmentsOffset..]),
    };

    private static void WriteTable(Span<byte> at, ChunkTable table)
    {
        BinaryPrimitives.WriteInt64LittleEndian(at, table.OffsetBytes);
        BinaryPrimitives.WriteInt32LittleEndian(at[sizeof(long)..], table.LengthBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(at[(sizeof(long) + sizeof(int))..], table.Crc);
    }

    private static ChunkTable ReadTable(ReadOnlySpan<byte> at) => new(
        BinaryPrimitives.ReadInt64LittleEndian(at),
        BinaryPrimitives.ReadInt32LittleEndian(at[sizeof(long)..]),
        BinaryPrimitives.ReadUInt32LittleEndian(at[(sizeof(long) + sizeof(int))..]));

    /// <summary>
    /// Null when the counts are within their limits and the parts stand one after the other, as they are written.
    /// </summary>
    private string? CheckLayout()
    {
        if (PageCount is < 0 or > PagesMax || ExtentCount is < 0 or > ExtentsMax || !Enum.IsDefined(ChunkKind))
        {
            return $"the {Kind} states kind {ChunkKind}, {PageCount} pages and {ExtentCount} extents, " +
                "which is beyond the limits";
        }

        var areTablesInOrder = Fences.LengthBytes == PageCount * sizeof(long)
            && Regions.LengthBytes is >= 0 and <= ExtentsMax * RegionTable.RangeBytesMax
            && Segments.LengthBytes is >= 0 and <= ExtentsMax * SegmentTable.EntryBytes
            && Fences.OffsetBytes == FencesOffsetAfter(PageCount)
            && Regions.OffsetBytes == Fences.OffsetBytes + Fences.PaddedBytes
            && Segments.OffsetBytes == Regions.OffsetBytes + Regions.PaddedBytes
            && LengthBytes == Segments.OffsetBytes + Segments.PaddedBytes;
        return areTablesInOrder
            ? null
            : $"the {Kind} states tables {Fences}, {Regions}, {Segments} in {LengthBytes} bytes, " +
                "which do not follow each other";
    }
}
