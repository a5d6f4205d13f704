using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tidemark.Backup;

/// <summary>
/// Writes a backup stream in one pass: header, records in rising order, end. The stream is a backup only after
/// <see cref="Finish"/>; it neither closes nor syncs what it writes to.
/// </summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly Stream _output;
    private readonly long _diskSizeBytes;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _nextOffset;
    private long _recordCount;

    /// <summary>Writes the header.</summary>
    public BackupWriter(Stream output, StreamHeader header)
    {
        _output = output;
        _diskSizeBytes = header.DiskSizeBytes;
        Append(header.ToBytes());
    }

    /// <summary>Bytes written so far.</summary>
    public long WrittenBytes { get; private set; }

    /// <summary>Bytes of the disk's data written so far.</summary>
    public long DataBytes { get; private set; }

    /// <summary>Writes data, at most 1 MiB at a time.</summary>
    public void WriteData(long offset, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, StreamLayout.DataBytesMax);
        WriteRecord(RecordKind.Data, offset, data.Length, Checksum.Of(data));
        Append(data);
        DataBytes += data.Length;
    }

    /// <summary>Writes a range of zeros.</summary>
    public void WriteZeros(long offset, long lengthBytes) => WriteRecord(RecordKind.Zeros, offset, lengthBytes, 0);

    /// <summary>Writes the end record and the digest.</summary>
    public void Finish()
    {
        AppendRecordHeader(RecordKind.End, 0, _recordCount, 0);
        var digest = _hash.GetHashAndReset();
        _output.Write(digest);
        WrittenBytes += digest.Length;
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void WriteRecord(RecordKind kind, long offset, long lengthBytes, uint payloadCrc)
    {
        var isInOrder = offset >= _nextOffset && lengthBytes > 0 && lengthBytes <= _diskSizeBytes - offset;
        if (!isInOrder || ((offset | lengthBytes) & (StreamLayout.SectorBytes - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset), $"A record of {lengthBytes} bytes at {offset} does not follow {_nextOffset}.");
        }

        _nextOffset = offset + lengthBytes;
        _recordCount++;
        AppendRecordHeader(kind, offset, lengthBytes, payloadCrc);
    }

    private void AppendRecordHeader(RecordKind kind, long offset, long lengthBytes, uint payloadCrc)
    {
        Span<byte> header = stackalloc byte[StreamLayout.RecordHeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header, (int)kind);
        BinaryPrimitives.WriteUInt32LittleEndian(header[StreamLayout.PayloadCrcAt..], payloadCrc);
        BinaryPrimitives.WriteInt64LittleEndian(header[StreamLayout.RecordOffsetAt..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(header[StreamLayout.RecordLengthAt..], lengthBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(
            header[StreamLayout.RecordCrcAt..], Checksum.Of(header[..StreamLayout.RecordCrcAt]));
        Append(header);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _output.Write(bytes);
        WrittenBytes += bytes.Length;
    }
}
