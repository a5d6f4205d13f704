using System.Buffers.Binary;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Format;

/// <summary>
/// A page of an index chunk: extents in block order, then the checksums of their data blocks in the same order. Each
/// page can be read alone. Layout: docs/formats/index-chunk.md.
/// </summary>
internal static class ChunkPage
{
    /// <summary>Where the extents start.</summary>
    public const int HeaderBytes = 32;

    /// <summary>Bytes for each extent.</summary>
    public const int ExtentBytes = 32;

    /// <summary>Bytes for each data block.</summary>
    public const int CrcBytes = sizeof(uint);

    /// <summary>The room for extents and checksums.</summary>
    public const int CapacityBytes = Blocks.SizeBytes - HeaderBytes;

    /// <summary>The most extents on a page, when all of them are zero: (4096 - 32) / 32 = 127.</summary>
    public const int ExtentsMax = CapacityBytes / ExtentBytes;

    /// <summary>The most data blocks of one extent on one page: (4096 - 32 - 32) / 4 = 1008.</summary>
    public const int DataBlocksMax = (CapacityBytes - ExtentBytes) / CrcBytes;

    /// <summary>The magic number: "TMPG" in the order of the bytes.</summary>
    public const uint Magic = 0x47504D54;

    private const int MagicOffset = 0;
    private const int CrcOffset = MagicOffset + sizeof(uint);
    private const int ObjectIdOffset = CrcOffset + sizeof(uint);
    private const int PageIndexOffset = ObjectIdOffset + sizeof(long);
    private const int ExtentCountOffset = PageIndexOffset + sizeof(uint);
    private const int CrcCountOffset = ExtentCountOffset + sizeof(uint);
    private const int ReservedOffset = CrcCountOffset + sizeof(uint);

    private const int FirstBlockField = 0;
    private const int SequenceField = FirstBlockField + sizeof(long);
    private const int SegmentIdField = SequenceField + sizeof(long);
    private const int BlockCountField = SegmentIdField + sizeof(long);
    private const int SlotField = BlockCountField + sizeof(uint);

    /// <summary>Writes a page with all extents of <paramref name="content"/>, which must fit.</summary>
    public static void Write(Span<byte> page, long objectId, int pageIndex, ExtentBuffer content)
    {
        page.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(page[MagicOffset..], Magic);
        BinaryPrimitives.WriteInt64LittleEndian(page[ObjectIdOffset..], objectId);
        BinaryPrimitives.WriteInt32LittleEndian(page[PageIndexOffset..], pageIndex);
        BinaryPrimitives.WriteInt32LittleEndian(page[ExtentCountOffset..], content.Count);
        BinaryPrimitives.WriteInt32LittleEndian(page[CrcCountOffset..], (int)content.DataBlockCount);
        var crcOffset = HeaderBytes + content.Count * ExtentBytes;
        for (var index = 0; index < content.Count; index++)
        {
            WriteExtent(page[(HeaderBytes + index * ExtentBytes)..], content[index]);
            foreach (var crc in content.Crcs(index))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(page[crcOffset..], crc);
                crcOffset += CrcBytes;
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(page[CrcOffset..], ComputeCrc(page));
    }

    /// <summary>
    /// Verifies a page and appends its extents from <paramref name="fromBlock"/> to before <paramref name="endBlock"/>,
    /// clipped to them; null when that went well, else what was found and expected.
    /// </summary>
    public static string? TryRead(
        ReadOnlySpan<byte> page, long objectId, int pageIndex, long fromBlock, long endBlock, ExtentBuffer into)
    {
        if (Check(page, objectId, pageIndex) is { } reason)
            return reason;

        var extentCount = BinaryPrimitives.ReadInt32LittleEndian(page[ExtentCountOffset..]);
        var crcs = page[(HeaderBytes + extentCount * ExtentBytes)..];
        crcs = crcs[..(BinaryPrimitives.ReadInt32LittleEndian(page[CrcCountOffset..]) * CrcBytes)];
        var lastEnd = 0L;
        for (var index = 0; index < extentCount; index++)
        {
            var extent = ReadExtent(page[(HeaderBytes + index * ExtentBytes)..]);
            var crcBytes = extent.IsZero ? 0 : (long)extent.BlockCount * CrcBytes;
            if (!IsSound(extent) || extent.FirstBlock < lastEnd || crcBytes > crcs.Length)
                return $"the page states {extent} after block {lastEnd} with {crcs.Length / CrcBytes} checksums left";
            Append(extent, crcs, fromBlock, endBlock, into);
            crcs = crcs[(int)crcBytes..];
            lastEnd = extent.EndBlock;
        }

        return crcs.IsEmpty ? null : $"the page has {crcs.Length / CrcBytes} checksums beyond those of its extents";
    }

    private static string? Check(ReadOnlySpan<byte> page, long objectId, int pageIndex)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(page[MagicOffset..]);
        if (magic != Magic)
            return $"no index page here: the magic is 0x{magic:X8}, expected 0x{Magic:X8}";

        var stated = BinaryPrimitives.ReadUInt32LittleEndian(page[CrcOffset..]);
        var computed = ComputeCrc(page);
        if (stated != computed)
            return $"the page has checksum 0x{computed:X8}, and states 0x{stated:X8}";

        var foundId = BinaryPrimitives.ReadInt64LittleEndian(page[ObjectIdOffset..]);
        var foundIndex = BinaryPrimitives.ReadInt32LittleEndian(page[PageIndexOffset..]);
        if (foundId != objectId || foundIndex != pageIndex)
            return $"this is page {foundIndex} of {foundId}, expected page {pageIndex} of {objectId}";

        var extentCount = BinaryPrimitives.ReadInt32LittleEndian(page[ExtentCountOffset..]);
        var crcCount = BinaryPrimitives.ReadInt32LittleEndian(page[CrcCountOffset..]);
        if (extentCount < 0 || crcCount < 0
            || (long)extentCount * ExtentBytes + (long)crcCount * CrcBytes > CapacityBytes)
        {
            return $"the page states {extentCount} extents and {crcCount} checksums, which do not fit on it";
        }

        var used = HeaderBytes + extentCount * ExtentBytes + crcCount * CrcBytes;
        return Preamble.CheckReserved(page[ReservedOffset..HeaderBytes], ReservedOffset, "page")
            ?? Preamble.CheckReserved(page[used..], used, "page");
    }

    private static bool IsSound(in Extent extent) =>
        extent.FirstBlock >= 0
        && extent.BlockCount is > 0 and <= Blocks.ExtentBlocksMax
        && extent.EndBlock <= Blocks.NumberEnd
        && (extent.IsZero
            ? extent.Slot == 0
            : extent.Slot > 0 && extent.Slot <= SegmentLayout.SlotsMax - extent.BlockCount);

    private static void Append(
        in Extent extent, ReadOnlySpan<byte> crcs, long fromBlock, long endBlock, ExtentBuffer into)
    {
        var first = Math.Max(extent.FirstBlock, fromBlock);
        var end = Math.Min(extent.EndBlock, endBlock);
        if (first >= end)
            return;
        var target = into.AddUnfilled(extent.Slice(first, (int)(end - first)));
        var offset = (int)(first - extent.FirstBlock) * CrcBytes;
        for (var index = 0; index < target.Length; index++)
            target[index] = BinaryPrimitives.ReadUInt32LittleEndian(crcs[(offset + index * CrcBytes)..]);
    }

    private static void WriteExtent(Span<byte> at, in Extent extent)
    {
        BinaryPrimitives.WriteInt64LittleEndian(at[FirstBlockField..], extent.FirstBlock);
        BinaryPrimitives.WriteInt64LittleEndian(at[SequenceField..], extent.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(at[SegmentIdField..], extent.SegmentId);
        BinaryPrimitives.WriteInt32LittleEndian(at[BlockCountField..], extent.BlockCount);
        BinaryPrimitives.WriteInt32LittleEndian(at[SlotField..], extent.Slot);
    }

    private static Extent ReadExtent(ReadOnlySpan<byte> at) => new(
        BinaryPrimitives.ReadInt64LittleEndian(at[FirstBlockField..]),
        BinaryPrimitives.ReadInt32LittleEndian(at[BlockCountField..]),
        BinaryPrimitives.ReadInt64LittleEndian(at[SequenceField..]),
        BinaryPrimitives.ReadInt64LittleEndian(at[SegmentIdField..]),
        BinaryPrimitives.ReadInt32LittleEndian(at[SlotField..]));

    private static uint ComputeCrc(ReadOnlySpan<byte> page) =>
        Crc32C.Compute(page[(CrcOffset + sizeof(uint))..], Crc32C.Compute(page[..CrcOffset]));
}
