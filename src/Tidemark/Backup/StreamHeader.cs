using System.Buffers.Binary;
using System.Text;

namespace Tidemark.Backup;

/// <summary>What a backup is of: docs/formats/backup-stream.md, "Header".</summary>
internal sealed record StreamHeader
{
    private const int TextBytesMax = 512;

    /// <summary>Size of the disk, a multiple of 512.</summary>
    public required long DiskSizeBytes { get; init; }

    /// <summary>The snapshot's time in seconds since 1970 UTC; 0 when unknown.</summary>
    public long TimeSeconds { get; init; }

    /// <summary>The snapshot's id.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>The snapshot's name.</summary>
    public required string SnapshotName { get; init; }

    /// <summary>The snapshot that an increment starts from; empty in a whole backup.</summary>
    public string BaseSnapshotId { get; init; } = "";

    /// <summary>The disk's id.</summary>
    public required string DiskId { get; init; }

    /// <summary>The disk's name.</summary>
    public string DiskName { get; init; } = "";

    /// <summary>True when only what changed since the base follows.</summary>
    public bool IsIncrement => BaseSnapshotId.Length > 0;

    /// <summary>The header as bytes, its checksum included.</summary>
    public byte[] ToBytes()
    {
        var texts = Texts().Select(Encoding.UTF8.GetBytes).ToArray();
        var length = StreamLayout.HeaderFixedBytes + texts.Sum(text => text.Length) + StreamLayout.CrcBytes;
        if (length > StreamLayout.HeaderBytesMax || Array.Exists(texts, text => text.Length > TextBytesMax))
            throw new InvalidOperationException($"A backup header of {length} bytes cannot be written.");

        var bytes = new byte[length];
        StreamLayout.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(StreamLayout.VersionAt), StreamLayout.FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(StreamLayout.OldestReaderAt), StreamLayout.OldestReader);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(StreamLayout.HeaderLengthAt), length);
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(StreamLayout.FlagsAt), IsIncrement ? StreamLayout.IncrementFlag : 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(StreamLayout.DiskSizeAt), DiskSizeBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(StreamLayout.TimeAt), TimeSeconds);
        var at = StreamLayout.HeaderFixedBytes;
        for (var i = 0; i < texts.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(
                bytes.AsSpan(StreamLayout.TextLengthsAt + (i * 2)), (ushort)texts[i].Length);
            texts[i].CopyTo(bytes, at);
            at += texts[i].Length;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Checksum.Of(bytes.AsSpan(0, at)));
        return bytes;
    }

    /// <summary>
    /// The length of the whole header, from its fixed part; refuses what is no backup, or a newer one.
    /// </summary>
    public static int ReadLength(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith(StreamLayout.Magic))
            throw BackupErrors.Damaged(0, "another kind of file", "a Tidemark backup");

        var version = BinaryPrimitives.ReadInt32LittleEndian(start[StreamLayout.VersionAt..]);
        var oldestReader = BinaryPrimitives.ReadInt32LittleEndian(start[StreamLayout.OldestReaderAt..]);
        if (oldestReader > StreamLayout.FormatVersion)
            throw BackupErrors.TooNew(version, oldestReader);

        var length = BinaryPrimitives.ReadInt32LittleEndian(start[StreamLayout.HeaderLengthAt..]);
        return length is >= StreamLayout.HeaderFixedBytes + StreamLayout.CrcBytes and <= StreamLayout.HeaderBytesMax
            ? length
            : throw BackupErrors.Damaged(
                StreamLayout.HeaderLengthAt, $"a header of {length} bytes", "a sensible length");
    }

    /// <summary>Reads a whole header; every check of the format page is made here.</summary>
    public static StreamHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length - StreamLayout.CrcBytes;
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..]);
        if (crc != Checksum.Of(bytes[..end]))
            throw BackupErrors.Damaged(end, "a wrong header checksum", "the right one");

        var flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes[StreamLayout.FlagsAt..]);
        var diskSizeBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes[StreamLayout.DiskSizeAt..]);
        var reserved = bytes[StreamLayout.HeaderReservedAt..StreamLayout.HeaderFixedBytes];
        if (reserved.ContainsAnyExcept((byte)0) || (flags & ~StreamLayout.IncrementFlag) != 0)
            throw BackupErrors.Damaged(StreamLayout.FlagsAt, "unknown flags or used reserved bytes", "zeros");
        if (diskSizeBytes <= 0 || diskSizeBytes % StreamLayout.SectorBytes != 0)
        {
            throw BackupErrors.Damaged(
                StreamLayout.DiskSizeAt, $"a disk of {diskSizeBytes} bytes", "a multiple of 512");
        }


        var texts = ReadTexts(bytes[..end]);
        var header = new StreamHeader
        {
            DiskSizeBytes = diskSizeBytes,
            TimeSeconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[StreamLayout.TimeAt..]),
            SnapshotId = texts[0],
            SnapshotName = texts[1],
            BaseSnapshotId = texts[2],
            DiskId = texts[3],
            DiskName = texts[4],
        };
        return header.IsIncrement == ((flags & StreamLayout.IncrementFlag) != 0)
            ? header
            : throw BackupErrors.Damaged(StreamLayout.FlagsAt, "a flag that contradicts the base", "both or neither");
    }

    private string[] Texts() => [SnapshotId, SnapshotName, BaseSnapshotId, DiskId, DiskName];

    private static string[] ReadTexts(ReadOnlySpan<byte> bytes)
    {
        var texts = new string[StreamLayout.TextCount];
        var at = StreamLayout.HeaderFixedBytes;
        for (var i = 0; i < texts.Length; i++)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(StreamLayout.TextLengthsAt + (i * 2))..]);
            if (length > bytes.Length - at)
                throw BackupErrors.Damaged(StreamLayout.TextLengthsAt, "texts beyond the header", "texts within it");
            texts[i] = Encoding.UTF8.GetString(bytes.Slice(at, length));
            at += length;
        }

        return at == bytes.Length
            ? texts
            : throw BackupErrors.Damaged(at, "bytes behind the texts", "the header's checksum");
    }
}
