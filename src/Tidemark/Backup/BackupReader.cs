using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tidemark.Backup;

/// <summary>
/// Reads a backup stream in one pass with memory for one record. What <see cref="TryRead"/> hands out has the right
/// checksum; the whole is verified only when it has returned false. Refusals are of <see cref="BackupErrors"/>.
/// </summary>
internal sealed class BackupReader : IDisposable
{
    private readonly Stream _input;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _payload = new byte[StreamLayout.DataBytesMax];
    private long _position;
    private long _nextOffset;
    private long _recordCount;

    /// <summary>Reads and checks the header.</summary>
    public BackupReader(Stream input)
    {
        _input = input;
        var bytes = new byte[StreamLayout.HeaderBytesMax];
        Fill(bytes.AsSpan(0, StreamLayout.HeaderFixedBytes));
        var length = StreamHeader.ReadLength(bytes);
        Fill(bytes.AsSpan(StreamLayout.HeaderFixedBytes, length - StreamLayout.HeaderFixedBytes));
        Header = StreamHeader.Parse(bytes.AsSpan(0, length));
    }

    /// <summary>What the backup is of.</summary>
    public StreamHeader Header { get; }

    /// <summary>
    /// Reads the next record; false when the end was reached and the whole stream is as it was written.
    /// </summary>
    public bool TryRead(out StreamRecord record)
    {
        Span<byte> header = stackalloc byte[StreamLayout.RecordHeaderBytes];
        var at = _position;
        Fill(header);
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(header[StreamLayout.RecordCrcAt..]);
        if (crc != Checksum.Of(header[..StreamLayout.RecordCrcAt]))
            throw BackupErrors.Damaged(at, "a wrong record checksum", "the right one");
        if (header[StreamLayout.RecordReservedAt..StreamLayout.RecordCrcAt].ContainsAnyExcept((byte)0))
            throw BackupErrors.Damaged(at, "used reserved bytes", "zeros");

        var kind = (RecordKind)BinaryPrimitives.ReadInt32LittleEndian(header);
        var payloadCrc = BinaryPrimitives.ReadUInt32LittleEndian(header[StreamLayout.PayloadCrcAt..]);
        var offset = BinaryPrimitives.ReadInt64LittleEndian(header[StreamLayout.RecordOffsetAt..]);
        var length = BinaryPrimitives.ReadInt64LittleEndian(header[StreamLayout.RecordLengthAt..]);
        if (kind == RecordKind.End)
        {
            VerifyEnd(at, offset, length);
            record = default;
            return false;
        }

        CheckPlace(at, offset, length);
        var payload = kind switch
        {
            RecordKind.Data when length <= StreamLayout.DataBytesMax => ReadPayload((int)length, payloadCrc),
            RecordKind.Zeros when payloadCrc == 0 => ReadOnlyMemory<byte>.Empty,
            _ => throw BackupErrors.Damaged(at, $"a record of kind {(int)kind} with {length} bytes", "data or zeros"),
        };
        _nextOffset = offset + length;
        _recordCount++;
        record = new StreamRecord(kind, offset, length, payload);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void CheckPlace(long at, long offset, long length)
    {
        var isWithin = offset >= 0 && length > 0 && offset <= Header.DiskSizeBytes - length;
        if (!isWithin || ((offset | length) & (StreamLayout.SectorBytes - 1)) != 0)
        {
            throw BackupErrors.Damaged(
                at, $"{length} bytes at {offset}", $"a range of a disk of {Header.DiskSizeBytes}");
        }


        if (offset < _nextOffset)
            throw BackupErrors.Damaged(at, $"a record at {offset}", $"one at {_nextOffset} or beyond");
    }

    private ReadOnlyMemory<byte> ReadPayload(int length, uint expected)
    {
        var at = _position;
        Fill(_payload.AsSpan(0, length));
        return Checksum.Of(_payload.AsSpan(0, length)) == expected
            ? _payload.AsMemory(0, length)
            : throw BackupErrors.Damaged(at, "data with a wrong checksum", "the right one");
    }

    private void VerifyEnd(long at, long offset, long count)
    {
        if (offset != 0 || count != _recordCount)
            throw BackupErrors.Damaged(at, $"an end after {count} records", $"{_recordCount} records");

        var expected = _hash.GetHashAndReset();
        var digest = new byte[StreamLayout.DigestBytes];
        var digestAt = _position;
        Fill(digest);
        if (!digest.AsSpan().SequenceEqual(expected))
            throw BackupErrors.Damaged(digestAt, "a wrong SHA-256 of the whole", "the right one");
        if (_input.ReadByte() >= 0)
            throw BackupErrors.Damaged(_position, "more bytes", "the end");
    }

    private void Fill(Span<byte> destination)
    {
        var read = _input.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        _position += read;
        if (read < destination.Length)
            throw BackupErrors.Truncated(_position);
        _hash.AppendData(destination);
    }
}
