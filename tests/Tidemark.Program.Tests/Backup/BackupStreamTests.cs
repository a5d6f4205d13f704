using Tidemark.Backup;
using Tidemark.Output;

namespace Tidemark.Program.Tests.Backup;

public sealed class BackupStreamTests
{
    private const long DiskBytes = 1L << 30;

    private static readonly StreamHeader Header = new()
    {
        DiskSizeBytes = DiskBytes,
        TimeSeconds = 1_700_000_000,
        SnapshotId = "snap-aaaaaaaa",
        SnapshotName = "vor dem Update ✓",
        DiskId = "disk-bbbbbbbb",
        DiskName = "pg",
    };

    [Fact]
    public void What_was_written_is_read_back()
    {
        var stream = Sample();

        using var reader = new BackupReader(new MemoryStream(stream));
        var records = ReadAll(reader);

        Assert.Equal(Header, reader.Header);
        Assert.Equal(
            [
                (RecordKind.Data, 0L, 4096L),
                (RecordKind.Zeros, 8192L, 1L << 20),
                (RecordKind.Data, DiskBytes - 512, 512L),
            ],
            records.Select(record => (record.Kind, record.Offset, record.LengthBytes)));
        Assert.Equal(Bytes(1, 4096), records[0].Payload.ToArray());
    }

    [Fact]
    public void An_increment_carries_its_base()
    {
        var header = Header with { BaseSnapshotId = "snap-cccccccc" };

        using var reader = new BackupReader(new MemoryStream(Write(header, _ => { })));

        Assert.True(reader.Header.IsIncrement);
        Assert.Equal("snap-cccccccc", reader.Header.BaseSnapshotId);
        Assert.Empty(ReadAll(reader));
    }

    [Fact]
    public void The_stream_is_the_committed_one_byte_for_byte()
    {
        var golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Backup", "whole.v1.golden"));

        Assert.Equal(golden, Sample());
    }

    [Fact]
    public void Every_single_flipped_bit_is_found()
    {
        var stream = Sample();

        for (var at = 0; at < stream.Length; at++)
        {
            var damaged = (byte[])stream.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            var failure = Assert.Throws<CommandException>(() => ReadWhole(damaged));
            Assert.StartsWith("Backup", failure.Code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_shortened_stream_is_refused()
    {
        var stream = Sample();

        for (var length = 0; length < stream.Length; length++)
        {
            var failure = Assert.Throws<CommandException>(() => ReadWhole(stream[..length]));
            Assert.Equal("BackupTruncated", failure.Code);
        }
    }

    [Fact]
    public void Bytes_behind_the_end_are_refused()
    {
        var failure = Assert.Throws<CommandException>(() => ReadWhole([.. Sample(), 0]));

        Assert.Equal("BackupDamaged", failure.Code);
    }

    [Fact]
    public void A_stream_of_a_newer_program_is_refused_by_name_of_the_version()
    {
        var stream = Sample();
        stream[StreamLayout.VersionAt] = 9;
        stream[StreamLayout.OldestReaderAt] = 7;

        var failure = Assert.Throws<CommandException>(() => ReadWhole(stream));

        Assert.Equal("BackupTooNew", failure.Code);
        Assert.Contains("version 9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("version 7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_writer_refuses_records_out_of_order_or_beyond_the_disk()
    {
        using var writer = new BackupWriter(new MemoryStream(), Header);
        writer.WriteZeros(4096, 4096);

        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WriteZeros(4096, 512));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WriteZeros(DiskBytes, 512));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WriteZeros(8192, 100));
    }

    [Fact]
    public void Offsets_of_the_layout_follow_from_one_another()
    {
        Assert.Equal(50, StreamLayout.HeaderReservedAt);
        Assert.Equal(28, StreamLayout.RecordCrcAt);
        Assert.Equal(StreamLayout.RecordHeaderBytes, StreamLayout.RecordCrcAt + StreamLayout.CrcBytes);
    }

    private static byte[] Sample() => Write(Header, writer =>
    {
        writer.WriteData(0, Bytes(1, 4096));
        writer.WriteZeros(8192, 1 << 20);
        writer.WriteData(DiskBytes - 512, Bytes(2, 512));
    });

    private static byte[] Write(StreamHeader header, Action<BackupWriter> write)
    {
        var stream = new MemoryStream();
        using var writer = new BackupWriter(stream, header);
        write(writer);
        writer.Finish();
        Assert.Equal(stream.Length, writer.WrittenBytes);
        return stream.ToArray();
    }

    private static void ReadWhole(byte[] stream)
    {
        using var reader = new BackupReader(new MemoryStream(stream));
        ReadAll(reader);
    }

    private static List<StreamRecord> ReadAll(BackupReader reader)
    {
        var records = new List<StreamRecord>();
        while (reader.TryRead(out var record))
            records.Add(record with { Payload = record.Payload.ToArray() });
        return records;
    }

    private static byte[] Bytes(byte first, int length) =>
        [.. Enumerable.Range(0, length).Select(index => (byte)(first + (index * 7)))];
}
