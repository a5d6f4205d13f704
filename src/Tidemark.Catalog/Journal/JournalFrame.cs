using System.Buffers.Binary;

namespace Tidemark.Catalog.Journal;

/// <summary>One record of a journal file: a generation and a payload, checksummed.</summary>
/// <param name="Generation">The generation that the catalog has with this record.</param>
/// <param name="Kind"><see cref="JournalFormat.RecordChanges"/> or <see cref="JournalFormat.RecordEnd"/>.</param>
/// <param name="Payload">UTF-8 JSON; empty in an end record.</param>
internal readonly record struct JournalFrame(long Generation, uint Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The record's bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[JournalFormat.RecordHeaderBytes + Payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(JournalFormat.RecordLengthOffset), (uint)Payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(JournalFormat.RecordGenerationOffset), Generation);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(JournalFormat.RecordKindOffset), Kind);
        Payload.Span.CopyTo(bytes.AsSpan(JournalFormat.RecordHeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, JournalFormat.Crc(bytes.AsSpan(sizeof(uint))));
        return bytes;
    }

    /// <summary>
    /// Reads the record at the start of <paramref name="bytes"/>; false when it is torn, damaged or absent.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out JournalFrame frame, out int lengthBytes)
    {
        frame = default;
        lengthBytes = 0;
        var span = bytes.Span;
        if (span.Length < JournalFormat.RecordHeaderBytes)
            return false;
        var payloadBytes = BinaryPrimitives.ReadUInt32LittleEndian(span[JournalFormat.RecordLengthOffset..]);
        if (payloadBytes > JournalFormat.PayloadMaxBytes
            || payloadBytes > span.Length - JournalFormat.RecordHeaderBytes)
            return false;
        lengthBytes = JournalFormat.RecordHeaderBytes + (int)payloadBytes;
        if (BinaryPrimitives.ReadUInt32LittleEndian(span)
            != JournalFormat.Crc(span[sizeof(uint)..lengthBytes]))
            return false;
        frame = new JournalFrame(
            BinaryPrimitives.ReadInt64LittleEndian(span[JournalFormat.RecordGenerationOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(span[JournalFormat.RecordKindOffset..]),
            bytes.Slice(JournalFormat.RecordHeaderBytes, (int)payloadBytes));
        return BinaryPrimitives.ReadUInt32LittleEndian(span[JournalFormat.RecordReservedOffset..]) == 0;
    }
}
