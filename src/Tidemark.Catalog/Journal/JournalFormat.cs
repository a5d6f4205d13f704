using System.Buffers.Binary;
using System.Numerics;

namespace Tidemark.Catalog.Journal;

/// <summary>Offsets and constants of the journal's files; see <c>docs/formats/catalog.md</c>. Little-endian.</summary>
internal static class JournalFormat
{
    /// <summary>The first eight bytes: <c>TMCATJNL</c>.</summary>
    public const ulong Magic = 0x4C4E4A5441434D54;

    /// <summary>The version written.</summary>
    public const uint Version = 1;

    /// <summary>The oldest version that may read what this one writes.</summary>
    public const uint OldestReader = 1;

    /// <summary>A base file: every row at one generation, closed by an end record.</summary>
    public const uint KindBase = 1;

    /// <summary>A log file: one record for each later transaction.</summary>
    public const uint KindLog = 2;

    /// <summary>Header: magic, 8 bytes.</summary>
    public const int MagicOffset = 0;

    /// <summary>Header: version, 4 bytes.</summary>
    public const int VersionOffset = MagicOffset + sizeof(ulong);

    /// <summary>Header: oldest version that may read, 4 bytes.</summary>
    public const int OldestReaderOffset = VersionOffset + sizeof(uint);

    /// <summary>Header: the store's id, 16 bytes, big-endian as ids are written.</summary>
    public const int StoreIdOffset = OldestReaderOffset + sizeof(uint);

    /// <summary>Header: the generation that the file starts from, 8 bytes.</summary>
    public const int GenerationOffset = StoreIdOffset + 16;

    /// <summary>Header: base or log, 4 bytes.</summary>
    public const int KindOffset = GenerationOffset + sizeof(long);

    /// <summary>Header: version of the catalog's schema, 4 bytes.</summary>
    public const int SchemaOffset = KindOffset + sizeof(uint);

    /// <summary>Header: zeros, 12 bytes.</summary>
    public const int ReservedOffset = SchemaOffset + sizeof(uint);

    /// <summary>Header: CRC-32C of all bytes before it, 4 bytes.</summary>
    public const int HeaderCrcOffset = ReservedOffset + 12;

    /// <summary>Bytes of a file's header.</summary>
    public const int HeaderBytes = HeaderCrcOffset + sizeof(uint);

    /// <summary>A record of changes.</summary>
    public const uint RecordChanges = 1;

    /// <summary>The record that closes a base file; it has no payload.</summary>
    public const uint RecordEnd = 2;

    /// <summary>Record: CRC-32C of all bytes of the record after it, 4 bytes.</summary>
    public const int RecordCrcOffset = 0;

    /// <summary>Record: bytes of the payload, 4 bytes.</summary>
    public const int RecordLengthOffset = RecordCrcOffset + sizeof(uint);

    /// <summary>Record: the generation that the catalog has with this record, 8 bytes.</summary>
    public const int RecordGenerationOffset = RecordLengthOffset + sizeof(uint);

    /// <summary>Record: changes or end, 4 bytes.</summary>
    public const int RecordKindOffset = RecordGenerationOffset + sizeof(long);

    /// <summary>Record: zeros, 4 bytes.</summary>
    public const int RecordReservedOffset = RecordKindOffset + sizeof(uint);

    /// <summary>Bytes before the payload.</summary>
    public const int RecordHeaderBytes = RecordReservedOffset + sizeof(uint);

    /// <summary>A longer payload is not believed.</summary>
    public const int PayloadMaxBytes = 1 << 30;

    /// <summary>CRC-32C as iSCSI has it (initial and final inversion).</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
