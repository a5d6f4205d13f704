using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Tidemark.Engine.Format;

/// <summary>
/// The last block of a finished segment: where the footer's index chunk is, and which records the segment holds.
/// Layout: docs/formats/segment.md.
/// </summary>
/// <param name="SegmentId">The segment's own id.</param>
/// <param name="FirstSequence">The sequence of the first record.</param>
/// <param name="LastSequence">The sequence of the last record; one less than the first when there is none.</param>
/// <param name="ChunkOffsetBytes">Where the chunk starts, in bytes from the start of the file.</param>
/// <param name="ChunkLengthBytes">The chunk's length, a whole number of blocks.</param>
internal sealed record SegmentTrailer(
    long SegmentId,
    long FirstSequence,
    long LastSequence,
    long ChunkOffsetBytes,
    long ChunkLengthBytes)
{
    private const string Kind = "segment trailer";
    private const int SegmentIdOffset = Preamble.SizeBytes;
    private const int FirstSequenceOffset = SegmentIdOffset + sizeof(long);
    private const int LastSequenceOffset = FirstSequenceOffset + sizeof(long);
    private const int ChunkOffsetOffset = LastSequenceOffset + sizeof(long);
    private const int ChunkLengthOffset = ChunkOffsetOffset + sizeof(long);
    private const int ReservedOffset = ChunkLengthOffset + sizeof(long);

    private static ReadOnlySpan<byte> Magic => "TMSEGEND"u8;

    /// <summary>Writes the trailer over <paramref name="block"/>, which is one block long.</summary>
    /// <exception cref="ArgumentException">The block has another length.</exception>
    public void Write(Span<byte> block)
    {
        if (block.Length != Blocks.SizeBytes)
            throw new ArgumentException($"A segment trailer takes {Blocks.SizeBytes} bytes, not {block.Length}.");

        block.Clear();
        Preamble.Write(block, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(block[SegmentIdOffset..], SegmentId);
        BinaryPrimitives.WriteInt64LittleEndian(block[FirstSequenceOffset..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(block[LastSequenceOffset..], LastSequence);
        BinaryPrimitives.WriteInt64LittleEndian(block[ChunkOffsetOffset..], ChunkOffsetBytes);
        BinaryPrimitives.WriteInt64LittleEndian(block[ChunkLengthOffset..], ChunkLengthBytes);
        Preamble.Seal(block);
    }

    /// <summary>Reads a trailer; false, with the reason, when the block is not one that this program may use.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> block,
        [NotNullWhen(true)] out SegmentTrailer? trailer,
        [NotNullWhen(false)] out string? reason)
    {
        trailer = null;
        reason = Check(block);
        if (reason is not null)
            return false;

        trailer = new SegmentTrailer(
            BinaryPrimitives.ReadInt64LittleEndian(block[SegmentIdOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[FirstSequenceOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[LastSequenceOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[ChunkOffsetOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(block[ChunkLengthOffset..]));
        return true;
    }

    private static string? Check(ReadOnlySpan<byte> block) =>
        block.Length != Blocks.SizeBytes
            ? $"the {Kind} is cut short: {block.Length} bytes, expected {Blocks.SizeBytes}"
            : Preamble.CheckKind(block, Magic, Kind)
                ?? Preamble.CheckCrc(block, Kind)
                ?? Preamble.CheckReserved(block[ReservedOffset..], ReservedOffset, Kind);
}
