using Tidemark.Catalog.Journal;
using Tidemark.Catalog.Schema;
using Tidemark.Engine;

namespace Tidemark.Catalog.Tests;

/// <summary>The bytes of the journal, computed apart from the program; they change only with a decision.</summary>
public sealed class JournalFormatTests
{
    private const string HeaderHex =
        "544D4341544A4E4C010000000100000000112233445566778899AABBCCDDEEFF05000000000000000200000001000000" +
        "000000000000000000000000798935DA";

    private const string RecordHex =
        "D6CB49E563000000060000000000000001000000000000005B5B22707574222C2274616773222C2272222C226B222C22" +
        "76225D2C5B2264656C657465222C226C6179657273222C375D2C5B22707574222C226163636573735F6B657973222C22" +
        "61222C7B22626173653634223A224150383D227D2C6E756C6C5D5D";

    private static readonly JournalHeader Header = new(
        Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), 5, JournalFormat.KindLog, 1);

    [Fact]
    public void A_header_has_its_golden_bytes()
    {
        Assert.Equal(64, JournalFormat.HeaderBytes);
        Assert.Equal(HeaderHex, Convert.ToHexString(Header.ToBytes()));
        Assert.Equal(Header, JournalHeader.Parse(Convert.FromHexString(HeaderHex), out _));
    }

    [Fact]
    public void A_record_has_its_golden_bytes()
    {
        using var changes = new ChangeList();
        changes.Put(CatalogTables.Tags, ["r", "k", "v"]);
        changes.Delete(CatalogTables.Layers, [7L]);
        changes.Put("access_keys", ["a", new byte[] { 0, 255 }, null]);

        var record = new JournalFrame(6, JournalFormat.RecordChanges, changes.ToPayload()).ToBytes();

        Assert.Equal(24, JournalFormat.RecordHeaderBytes);
        Assert.Equal(RecordHex, Convert.ToHexString(record));
        Assert.True(JournalFrame.TryParse(record, out var frame, out var lengthBytes));
        Assert.Equal(6, frame.Generation);
        Assert.Equal(record.Length, lengthBytes);
    }

    [Fact]
    public void A_file_for_newer_programs_is_refused_by_its_version()
    {
        var bytes = Header.ToBytes();
        bytes[JournalFormat.OldestReaderOffset] = 9;
        var crc = JournalFormat.Crc(bytes.AsSpan(0, JournalFormat.HeaderCrcOffset));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(JournalFormat.HeaderCrcOffset), crc);

        var refusal = Assert.Throws<EngineException>(() => JournalHeader.Parse(bytes, out _));

        Assert.Contains("version 9", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_or_missing_bytes_of_a_header_are_noticed()
    {
        var bytes = Header.ToBytes();
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= 4;
            Assert.Null(JournalHeader.Parse(bytes, out var problem));
            Assert.NotEmpty(problem);
            bytes[index] ^= 4;
            Assert.Null(JournalHeader.Parse(bytes.AsSpan(0, index), out _));
        }
    }
}
