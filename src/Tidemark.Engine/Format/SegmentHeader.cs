using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tidemark.Engine.Format;

/// <summary>
/// Slot 0 of a segment: to which store, disk and layer the segment belongs and which one precedes it. Recovery follows
/// these headers, whatever the catalog says. Layout: docs/formats/segment.md.
/// </summary>
/// <param name="StoreId">The store that the segment was written in.</param>
/// <param name="DiskId">The disk that wrote it: 1 to 32 printable ASCII characters.</param>
/// <param name="Epoch">The epoch of the engine that wrote it.</param>
/// <param name="LayerId">The layer that the records belong to.</param>
/// <param name="ParentLayerId">The layer below it; 0 for a root.</param>
/// <param name="FirstSequence">The sequence of the first record.</param>
/// <param name="PreviousSegmentId">The disk's segment before this one; 0 when none.</param>
/// <param name="SegmentId">The segment's own id; above 0.</param>
/// <param name="DiskSizeBytes">The size of the disk when the segment was begun.</param>
internal sealed record SegmentHeader(
    Guid StoreId,
    string DiskId,
    long Epoch,
    long LayerId,
    long ParentLayerId,
    long FirstSequence,
    long PreviousSegmentId,
    long SegmentId,
    long DiskSizeBytes)
{
    /// <summary>The longest disk id.</summary>
    public const int DiskIdBytesMax = 32;

    /// <summary>
    /// The version of a compacted segment's header, and the oldest that may read one: a program that does not know of
    /// compaction could take the file for a part of the log.
    /// </summary>
    public const ushort CompactedVersion = 2;

    /// <summary>What the kind of a compacted segment is on disk; that of the log's segments is 0.</summary>
    public const uint CompactedKind = 1;

    private const string Kind = "segment header";
    private const int StoreIdOffset = Preamble.SizeBytes;
    private const int StoreIdBytes = 16;
    private const int DiskIdOffset = StoreIdOffset + StoreIdBytes;
    private const int EpochOffset = DiskIdOffset + DiskIdBytesMax;
    private const int LayerIdOffset = EpochOffset + sizeof(long);
    private const int ParentLayerIdOffset = LayerIdOffset + sizeof(long);
    private const int FirstSequenceOffset = ParentLayerIdOffset + sizeof(long);
    private const int PreviousSegmentIdOffset = FirstSequenceOffset + sizeof(long);
    private const int SegmentIdOffset = PreviousSegmentIdOffset + sizeof(long);
    private const int DiskSizeOffset = SegmentIdOffset + sizeof(long);
    private const int SegmentKindOffset = DiskSizeOffset + sizeof(long);
    private const int ReservedOffset = SegmentKindOffset + sizeof(uint);

    /// <summary>
    /// True when the segment is no part of a log: it holds blocks that compaction moved here, without record headers,
    /// and is never replayed.
    /// </summary>
    public bool IsCompacted { get; init; }

    private static ReadOnlySpan<byte> Magic => "TMSEGMNT"u8;

    /// <summary>Writes the header over <paramref name="block"/>, which is one block long.</summary>
    /// <exception cref="ArgumentException">The block has another length, or the disk id cannot be written.</exception>
    public void Write(Span<byte> block)
    {
        if (block.Length != Blocks.SizeBytes)
            throw new ArgumentException($"A segment header takes {Blocks.SizeBytes} bytes, not {block.Length}.");
        if (DiskId.Length is 0 or > DiskIdBytesMax || !Ascii.IsValid(DiskId) || DiskId.Contains('\0'))
            throw new ArgumentException($"The disk id \"{DiskId}\" is not 1 to {DiskIdBytesMax} ASCII characters.");

        block.Clear();
        Preamble.Write(block, Magic, IsCompacted ? CompactedVersion : Preamble.CurrentVersion,
            IsCompacted ? CompactedVersion : Preamble.OldestReader);
        StoreId.TryWriteBytes(block[StoreIdOffset..], bigEndian: true, out _);
        Encoding.ASCII.GetBytes(DiskId, block.Slice(DiskIdOffset, DiskIdBytesMax));
        BinaryPrimitives.WriteInt64LittleEndian(block[EpochOffset..], Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(block[LayerIdOffset..], LayerId);
        BinaryPrimitives.WriteInt64LittleEndian(block[ParentLayerIdOffset..], ParentLayerId);
        BinaryPrimitives.WriteInt64LittleEndian(block[FirstSequenceOffset..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(block[PreviousSegmentIdOffset..], PreviousSegmentId);
        BinaryPrimitives.WriteInt64LittleEndian(block[SegmentIdOffset..], SegmentId);
        BinaryPrimitives.WriteInt64LittleEndian(block[DiskSizeOffset..], DiskSizeBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(block[SegmentKindOffset..], IsCompacted ? CompactedKind : 0);
        Preamble.Seal(block);
    }

    /// <summary>Reads a header; false, with the reason, when the block is not one that this program may use.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> block,
        [NotNullWhen(true)] out SegmentHeader? header,
        [NotNullWhen(false)] out string? reason)
    {
        header = null;
        reason = Check(block);
        if (reason is not null)
            return false;

        header = new SegmentHeader(
            new Guid(block.Slice(StoreIdOffset, StoreIdBytes), bigEndian: true),
            Encoding.ASCII.GetString(block.Slice(DiskIdOffset, DiskIdBytesMax)).TrimEnd('\0'),
            BinaryPrimitives.ReadInt64LittleEndian(block[EpochOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[LayerIdOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[ParentLayerIdOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[FirstSequenceOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[PreviousSegmentIdOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[SegmentIdOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[DiskSizeOffset..]))
        {
            IsCompacted = KindOf(block) == CompactedKind,
        };
        return true;
    }

    private static string? Check(ReadOnlySpan<byte> block)
    {
        if (block.Length != Blocks.SizeBytes)
            return $"the {Kind} is cut short: {block.Length} bytes, expected {Blocks.SizeBytes}";
        return Preamble.CheckKind(block, Magic, Kind, CompactedVersion)
            ?? Preamble.CheckCrc(block, Kind)
            ?? CheckSegmentKind(block)
            ?? Preamble.CheckReserved(block[ReservedOffset..], ReservedOffset, Kind)
            ?? CheckDiskId(block.Slice(DiskIdOffset, DiskIdBytesMax));
    }

    private static uint KindOf(ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[SegmentKindOffset..]);

    // Where older programs may read, the kind is one of their reserved fields.
    private static string? CheckSegmentKind(ReadOnlySpan<byte> block)
    {
        if (Preamble.OldestReaderOf(block) < CompactedVersion)
            return Preamble.CheckReserved(block[SegmentKindOffset..ReservedOffset], SegmentKindOffset, Kind);
        return KindOf(block) is 0 or CompactedKind
            ? null
            : $"the {Kind} has the unknown kind {KindOf(block)}, expected 0 or {CompactedKind}";
    }

    private static string? CheckDiskId(ReadOnlySpan<byte> field)
    {
        var length = field.IndexOf((byte)0);
        var id = length < 0 ? field : field[..length];
        var isPadded = length < 0 || field[length..].IndexOfAnyExcept((byte)0) < 0;
        return id.IsEmpty || !isPadded || !Ascii.IsValid(id)
            ? $"the {Kind} has a disk id that is not 1 to {DiskIdBytesMax} ASCII characters: " +
                Convert.ToHexString(field)
            : null;
    }
}
