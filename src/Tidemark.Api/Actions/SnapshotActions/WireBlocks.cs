using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>A run of bytes of a snapshot: data in base64 with its checksum, or zeros.</summary>
internal sealed class WireBlocks(SnapshotRange range)
{
    public long Offset => range.Offset;

    public int LengthBytes => range.LengthBytes;

    public bool IsZero => range.Data is null;

    /// <summary>The bytes in base64; empty for zeros.</summary>
    public string Data => range.Data is null ? "" : Convert.ToBase64String(range.Data);

    /// <summary>CRC-32C of the bytes, eight hexadecimal digits; empty for zeros.</summary>
    public string Crc32C => range.Data is null ? "" : Checksum(range.Data).ToString("x8", CultureInfo.InvariantCulture);

    // Lengths are multiples of 4 KiB, so there are only whole words.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var checksum = uint.MaxValue;
        for (; data.Length > 0; data = data[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(data));
        return ~checksum;
    }
}
