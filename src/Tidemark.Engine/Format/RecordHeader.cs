using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Format;

/// <summary>
/// The block before a record's data: which blocks of the disk follow, and their checksums. Zero extents take no data.
/// The checksum covers the used part; the rest of the block is zero. Layout: docs/formats/segment.md.
/// </summary>
internal static class RecordHeader
{
    /// <summary>The most data blocks in one record: 256 of 4 KiB = 1 MiB.</summary>
    public const int DataBlocksMax = 256;

    /// <summary>Where the extents start.</summary>
    public const int FixedBytes = 64;

    /// <summary>Bytes for each extent: 8 for the block number and flags, 4 for the count.</summary>
    public const int ExtentBytes = sizeof(ulong) + sizeof(uint);

    /// <summary>Bytes for each data block.</summary>
    public const int CrcBytes = sizeof(uint);

    /// <summary>The most extents in one record, when all of them are zero: (4096 - 64) / 12 = 336.</summary>
    public const int ExtentsMax = (Blocks.SizeBytes - FixedBytes) / ExtentBytes;

    private const string Kind = "record header";
    private const int SequenceOffset = Preamble.SizeBytes;
    private const int SegmentIdOffset = SequenceOffset + sizeof(long);
    private const int EpochOffset = SegmentIdOffset + sizeof(long);
    private const int ExtentCountOffset = EpochOffset + sizeof(long);
    private const int DataBlockCountOffset = ExtentCountOffset + sizeof(uint);
    private const int ReservedOffset = DataBlockCountOffset + sizeof(uint);

    private const int BlockNumberBits = 40;
    private const ulong BlockNumberMask = (1UL << BlockNumberBits) - 1;
    private const ulong ZeroFlag = 1UL << BlockNumberBits;

    private static ReadOnlySpan<byte> Magic => "TMRECORD"u8;

    /// <summary>True when a record of this size can be written. A record has at least one extent.</summary>
    public static bool Fits(int extentCount, int dataBlockCount) =>
        extentCount is > 0 and <= ExtentsMax
        && dataBlockCount is >= 0 and <= DataBlocksMax
        && LengthOf(extentCount, dataBlockCount) <= Blocks.SizeBytes;

    /// <summary>
    /// Writes a header over <paramref name="block"/>, which is one block long. Of the extents only first block, count
    /// and <see cref="Extent.IsZero"/> are used; the data extents take the slots directly after the header, in order.
    /// </summary>
    /// <returns>The slots that the record takes: the header's and one for each data block.</returns>
    /// <exception cref="ArgumentException">The record does not fit, or checksums and data blocks do not
    /// agree.</exception>
    public static int Write(
        Span<byte> block,
        long sequence,
        long segmentId,
        long epoch,
        ReadOnlySpan<Extent> extents,
        ReadOnlySpan<uint> crcs)
    {
        if (block.Length != Blocks.SizeBytes || !Fits(extents.Length, crcs.Length))
        {
            throw new ArgumentException(
                $"{extents.Length} extents and {crcs.Length} data blocks do not fit in a record header " +
                $"of {block.Length} bytes.");
        }

        block.Clear();
        Preamble.Write(block, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(block[SequenceOffset..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(block[SegmentIdOffset..], segmentId);
        BinaryPrimitives.WriteInt64LittleEndian(block[EpochOffset..], epoch);
        BinaryPrimitives.WriteInt32LittleEndian(block[ExtentCountOffset..], extents.Length);
        BinaryPrimitives.WriteInt32LittleEndian(block[DataBlockCountOffset..], crcs.Length);
        var offset = WriteExtents(block, extents, crcs.Length);
        foreach (var crc in crcs)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block[offset..], crc);
            offset += CrcBytes;
        }

        Preamble.Seal(block[..offset]);
        return 1 + crcs.Length;
    }

    /// <summary>
    /// Reads the header of the record with <paramref name="expectedSequence"/> in <paramref name="headerSlot"/> of
    /// segment <paramref name="expectedSegmentId"/>. False, with the reason, when another or none is there; what
    /// <paramref name="content"/> holds is then undefined. The data blocks are the caller's to verify.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> block,
        long expectedSegmentId,
        long expectedSequence,
        int headerSlot,
        RecordContent content,
        [NotNullWhen(false)] out string? reason)
    {
        reason = Check(block, expectedSegmentId, expectedSequence);
        if (reason is not null)
            return false;

        content.Sequence = expectedSequence;
        content.Epoch = BinaryPrimitives.ReadInt64LittleEndian(block[EpochOffset..]);
        content.ExtentCount = BinaryPrimitives.ReadInt32LittleEndian(block[ExtentCountOffset..]);
        content.DataBlockCount = BinaryPrimitives.ReadInt32LittleEndian(block[DataBlockCountOffset..]);
        reason = ReadExtents(block, expectedSegmentId, headerSlot, content);
        if (reason is not null)
            return false;

        var offset = FixedBytes + content.ExtentCount * ExtentBytes;
        var crcs = content.CrcSpace;
        for (var index = 0; index < content.DataBlockCount; index++)
            crcs[index] = BinaryPrimitives.ReadUInt32LittleEndian(block[(offset + index * CrcBytes)..]);
        return true;
    }

    private static int LengthOf(int extentCount, int dataBlockCount) =>
        FixedBytes + extentCount * ExtentBytes + dataBlockCount * CrcBytes;

    private static int WriteExtents(Span<byte> block, ReadOnlySpan<Extent> extents, int dataBlockCount)
    {
        var offset = FixedBytes;
        var dataBlocks = 0L;
        foreach (ref readonly var extent in extents)
        {
            if (CheckRange(extent.FirstBlock, extent.BlockCount) is { } reason)
                throw new ArgumentException(reason);
            var word = (ulong)extent.FirstBlock | (extent.IsZero ? ZeroFlag : 0);
            BinaryPrimitives.WriteUInt64LittleEndian(block[offset..], word);
            BinaryPrimitives.WriteInt32LittleEndian(block[(offset + sizeof(ulong))..], extent.BlockCount);
            offset += ExtentBytes;
            dataBlocks += extent.IsZero ? 0 : extent.BlockCount;
        }

        return dataBlocks == dataBlockCount
            ? offset
            : throw new ArgumentException(
                $"The extents have {dataBlocks} data blocks, and there are {dataBlockCount} checksums.");
    }

    private static string? Check(ReadOnlySpan<byte> block, long expectedSegmentId, long expectedSequence)
    {
        if (block.Length != Blocks.SizeBytes)
            return $"the {Kind} is cut short: {block.Length} bytes, expected {Blocks.SizeBytes}";
        if (Preamble.CheckKind(block, Magic, Kind) is { } wrongKind)
            return wrongKind;

        var extentCount = BinaryPrimitives.ReadInt32LittleEndian(block[ExtentCountOffset..]);
        var dataBlockCount = BinaryPrimitives.ReadInt32LittleEndian(block[DataBlockCountOffset..]);
        if (!Fits(extentCount, dataBlockCount))
            return $"the {Kind} states {extentCount} extents and {dataBlockCount} data blocks, which do not fit in it";

        var length = LengthOf(extentCount, dataBlockCount);
        var reason = Preamble.CheckCrc(block[..length], Kind)
            ?? Preamble.CheckReserved(block[ReservedOffset..FixedBytes], ReservedOffset, Kind)
            ?? Preamble.CheckReserved(block[length..], length, Kind);
        if (reason is not null)
            return reason;

        var sequence = BinaryPrimitives.ReadInt64LittleEndian(block[SequenceOffset..]);
        var segmentId = BinaryPrimitives.ReadInt64LittleEndian(block[SegmentIdOffset..]);
        return sequence == expectedSequence && segmentId == expectedSegmentId
            ? null
            : $"the {Kind} is record {sequence} of segment {segmentId}, " +
                $"expected record {expectedSequence} of segment {expectedSegmentId}";
    }

    private static string? ReadExtents(ReadOnlySpan<byte> block, long segmentId, int headerSlot, RecordContent content)
    {
        var extents = content.ExtentSpace;
        var dataBlocks = 0L;
        for (var index = 0; index < content.ExtentCount; index++)
        {
            var offset = FixedBytes + index * ExtentBytes;
            var word = BinaryPrimitives.ReadUInt64LittleEndian(block[offset..]);
            var count = BinaryPrimitives.ReadInt32LittleEndian(block[(offset + sizeof(ulong))..]);
            var firstBlock = (long)(word & BlockNumberMask);
            if ((word & ~(BlockNumberMask | ZeroFlag)) != 0)
                return $"extent {index} of the {Kind} has unknown flags: 0x{word:X16}";
            if (CheckRange(firstBlock, count) is { } reason)
                return $"extent {index} of the {Kind}: {reason}";
            var isZero = (word & ZeroFlag) != 0;
            extents[index] = isZero
                ? new Extent(firstBlock, count, content.Sequence, 0, 0)
                : new Extent(firstBlock, count, content.Sequence, segmentId, headerSlot + 1 + (int)dataBlocks);
            dataBlocks += isZero ? 0 : count;
        }

        return dataBlocks == content.DataBlockCount
            ? null
            : $"the {Kind} states {content.DataBlockCount} data blocks, and its extents have {dataBlocks}";
    }

    private static string? CheckRange(long firstBlock, int blockCount) =>
        firstBlock >= 0
        && blockCount is > 0 and <= Blocks.ExtentBlocksMax
        && firstBlock <= Blocks.NumberEnd - blockCount
            ? null
            : $"blocks {firstBlock} + {blockCount} are not 1 to {Blocks.ExtentBlocksMax} blocks " +
                $"below {Blocks.NumberEnd}";
}
