using Tidemark.Nbd;

namespace Tidemark.Backup;

/// <summary>Writes the records of a backup stream to a disk over NBD.</summary>
internal static class StreamApplication
{
    private const long ZeroesMaxBytes = 1L << 30;

    /// <summary>
    /// Writes everything, and flushes once the whole stream is verified. On an exception the disk holds a part of it,
    /// and the caller must undo that.
    /// </summary>
    /// <returns>Bytes of data written.</returns>
    public static long Apply(BackupReader reader, NbdUri target, CancellationToken cancellation)
    {
        using var disk = NbdClient.Connect(target);
        var written = 0L;
        while (reader.TryRead(out var record))
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Kind == RecordKind.Data)
                disk.Write(record.Offset, record.Payload.Span);
            else
                Zero(disk, record.Offset, record.LengthBytes);
            written += record.Payload.Length;
        }

        disk.Flush();
        disk.Disconnect();
        return written;
    }

    private static void Zero(NbdClient disk, long offset, long lengthBytes)
    {
        for (var end = offset + lengthBytes; offset < end; offset += ZeroesMaxBytes)
            disk.WriteZeroes(offset, Math.Min(ZeroesMaxBytes, end - offset));
    }
}
