using System.Buffers.Binary;
using Tidemark.Engine;

namespace Tidemark.Catalog.Journal;

/// <summary>The head of a journal file.</summary>
/// <param name="StoreId">The store that the catalog describes.</param>
/// <param name="Generation">Base: the generation of its rows. Log: the generation before its first record.</param>
/// <param name="Kind"><see cref="JournalFormat.KindBase"/> or <see cref="JournalFormat.KindLog"/>.</param>
/// <param name="SchemaVersion">The schema whose columns the rows have.</param>
internal sealed record JournalHeader(Guid StoreId, long Generation, uint Kind, int SchemaVersion)
{
    /// <summary>The header's bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[JournalFormat.HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, JournalFormat.Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(JournalFormat.VersionOffset), JournalFormat.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(JournalFormat.OldestReaderOffset), JournalFormat.OldestReader);
        StoreId.TryWriteBytes(bytes.AsSpan(JournalFormat.StoreIdOffset), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(JournalFormat.GenerationOffset), Generation);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(JournalFormat.KindOffset), Kind);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(JournalFormat.SchemaOffset), SchemaVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(JournalFormat.HeaderCrcOffset),
            JournalFormat.Crc(bytes.AsSpan(0, JournalFormat.HeaderCrcOffset)));
        return bytes;
    }

    /// <summary>Reads a header; null, with the reason, when these bytes are no header.</summary>
    /// <exception cref="EngineException">A newer program wrote it, for newer programs only.</exception>
    public static JournalHeader? Parse(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = FindProblem(bytes);
        if (problem.Length > 0)
            return null;
        return new JournalHeader(
            new Guid(bytes.Slice(JournalFormat.StoreIdOffset, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[JournalFormat.GenerationOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[JournalFormat.KindOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[JournalFormat.SchemaOffset..]));
    }

    // Not a damage that a new journal would heal: writing one would lose what the newer program wrote.
    private static void RefuseNewer(uint oldestReader)
    {
        if (oldestReader > JournalFormat.Version)
        {
            throw new EngineException(
                EngineFault.Invalid,
                $"The catalog's journal needs a program that reads version {oldestReader}; this program reads " +
                "versions " +
                $"up to {JournalFormat.Version}. Start the newer program that wrote it.");
        }
    }

    private static string FindProblem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < JournalFormat.HeaderBytes)
            return $"the file has {bytes.Length} bytes, a header has {JournalFormat.HeaderBytes}";
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) != JournalFormat.Magic)
            return "the first bytes are not those of a catalog journal";
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[JournalFormat.HeaderCrcOffset..]);
        if (crc != JournalFormat.Crc(bytes[..JournalFormat.HeaderCrcOffset]))
            return "the header's checksum is wrong";
        // A newer program may use bytes that are reserved today.
        RefuseNewer(BinaryPrimitives.ReadUInt32LittleEndian(bytes[JournalFormat.OldestReaderOffset..]));
        var reserved = bytes[JournalFormat.ReservedOffset..JournalFormat.HeaderCrcOffset];
        return reserved.ContainsAnyExcept((byte)0) ? "reserved bytes of the header are not zero" : string.Empty;
    }
}
