namespace Tidemark.Backup;

/// <summary>The offsets and limits of the backup stream: docs/formats/backup-stream.md.</summary>
internal static class StreamLayout
{
    /// <summary>The version that this program writes.</summary>
    public const int FormatVersion = 1;

    /// <summary>The oldest version that can read what this program writes.</summary>
    public const int OldestReader = 1;

    /// <summary>The header before its texts.</summary>
    public const int HeaderFixedBytes = 96;

    /// <summary>The longest header, texts and checksum included.</summary>
    public const int HeaderBytesMax = 4096;

    /// <summary>A record's header.</summary>
    public const int RecordHeaderBytes = 32;

    /// <summary>The longest payload of a data record.</summary>
    public const int DataBytesMax = 1 << 20; // 1 MiB

    /// <summary>The SHA-256 behind the end record.</summary>
    public const int DigestBytes = 32;

    /// <summary>A checksum.</summary>
    public const int CrcBytes = 4;

    /// <summary>Offsets and lengths on the disk are multiples of this.</summary>
    public const int SectorBytes = 512;

    /// <summary>The header's flag of an increment.</summary>
    public const uint IncrementFlag = 1;

    /// <summary>Offset of the version in the header, behind the magic.</summary>
    public const int VersionAt = 8;

    /// <summary>Offset of the oldest version that may read the stream.</summary>
    public const int OldestReaderAt = VersionAt + 4;

    /// <summary>Offset of the header's length.</summary>
    public const int HeaderLengthAt = OldestReaderAt + 4;

    /// <summary>Offset of the flags.</summary>
    public const int FlagsAt = HeaderLengthAt + 4;

    /// <summary>Offset of the disk's size.</summary>
    public const int DiskSizeAt = FlagsAt + 4;

    /// <summary>Offset of the snapshot's time.</summary>
    public const int TimeAt = DiskSizeAt + 8;

    /// <summary>Offset of the five lengths of texts.</summary>
    public const int TextLengthsAt = TimeAt + 8;

    /// <summary>How many texts follow the fixed part.</summary>
    public const int TextCount = 5;

    /// <summary>Offset of the reserved bytes of the header.</summary>
    public const int HeaderReservedAt = TextLengthsAt + (TextCount * 2);

    /// <summary>Offset of a record's payload checksum, behind its kind.</summary>
    public const int PayloadCrcAt = 4;

    /// <summary>Offset of a record's place on the disk.</summary>
    public const int RecordOffsetAt = PayloadCrcAt + 4;

    /// <summary>Offset of a record's length on the disk.</summary>
    public const int RecordLengthAt = RecordOffsetAt + 8;

    /// <summary>Offset of a record's reserved bytes.</summary>
    public const int RecordReservedAt = RecordLengthAt + 8;

    /// <summary>Offset of a record header's own checksum.</summary>
    public const int RecordCrcAt = RecordReservedAt + 4;

    /// <summary>The first eight bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "TMBACKUP"u8;
}
