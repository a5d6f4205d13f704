namespace Tidemark.Backup;

/// <summary>One verified record of a stream.</summary>
/// <param name="Kind">Data or zeros.</param>
/// <param name="Offset">The first byte on the disk.</param>
/// <param name="LengthBytes">How many bytes on the disk.</param>
/// <param name="Payload">The bytes of a data record, valid until the next record is read; empty otherwise.</param>
internal readonly record struct StreamRecord(
    RecordKind Kind, long Offset, long LengthBytes, ReadOnlyMemory<byte> Payload);
