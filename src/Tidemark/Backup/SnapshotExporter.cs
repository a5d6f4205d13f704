using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.Backup;

/// <summary>
/// Reads a snapshot over NBD and writes it as a backup stream, whole or as its difference from an earlier one. Memory
/// for one record; the extents come from the export's meta contexts a window at a time.
/// </summary>
internal sealed class SnapshotExporter : IDisposable
{
    private const string Allocation = "base:allocation";
    private const string BitmapStart = "qemu:dirty-bitmap:";
    private const long WindowBytes = 1L << 30;

    private readonly NbdClient _snapshot;
    private readonly string? _bitmap;
    private readonly byte[] _buffer = new byte[StreamLayout.DataBytesMax];

    /// <summary>Opens the snapshot's export; the server must know the base as related to it.</summary>
    public SnapshotExporter(NbdUri snapshot, string? baseSnapshotId)
    {
        _bitmap = baseSnapshotId is null ? null : BitmapStart + baseSnapshotId;
        string[] contexts = _bitmap is null ? [Allocation] : [Allocation, _bitmap];
        _snapshot = NbdClient.Connect(snapshot, new NbdClientOptions { MetaContexts = contexts });
        var missing = contexts.Except(_snapshot.MetaContexts).FirstOrDefault();
        if (missing is null)
            return;

        _snapshot.Dispose();
        throw new CommandException(
            ExitCode.Conflict,
            "SnapshotsNotRelated",
            $"The server does not know what changed between {baseSnapshotId} and this snapshot.",
            "Both must be of one disk or its clones, the first one the older; without --since all of it is exported.");
    }

    /// <summary>Size of the snapshot's disk.</summary>
    public long SizeBytes => _snapshot.SizeBytes;

    /// <summary>Writes all records and the end.</summary>
    public void WriteTo(BackupWriter writer, Action<string> note, CancellationToken cancellation)
    {
        for (var offset = 0L; offset < SizeBytes; offset += WindowBytes)
        {
            var length = Math.Min(WindowBytes, SizeBytes - offset);
            if (WriteWindow(writer, offset, length, cancellation))
                note($"{(offset + length) * 100 / SizeBytes} %, {ByteSize.Format(writer.DataBytes)} of data");
        }

        writer.Finish();
        _snapshot.Disconnect();
    }

    /// <inheritdoc/>
    public void Dispose() => _snapshot.Dispose();

    private bool WriteWindow(BackupWriter writer, long offset, long length, CancellationToken cancellation)
    {
        var before = writer.DataBytes;
        if (_bitmap is null)
        {
            WriteRange(writer, offset, length, keepsZeros: false, cancellation);
            return writer.DataBytes > before;
        }

        foreach (var extent in _snapshot.BlockStatus(_bitmap, offset, length))
        {
            if ((extent.Flags & StatusExtent.Dirty) != 0)
                WriteRange(writer, offset, extent.LengthBytes, keepsZeros: true, cancellation);
            offset += extent.LengthBytes;
        }

        return writer.DataBytes > before;
    }

    private void WriteRange(
        BackupWriter writer, long offset, long length, bool keepsZeros, CancellationToken cancellation)
    {
        foreach (var extent in _snapshot.BlockStatus(Allocation, offset, length))
        {
            if ((extent.Flags & StatusExtent.Zero) == 0)
                CopyData(writer, offset, extent.LengthBytes, cancellation);
            else if (keepsZeros)
                writer.WriteZeros(offset, extent.LengthBytes);
            offset += extent.LengthBytes;
        }
    }

    private void CopyData(BackupWriter writer, long offset, long length, CancellationToken cancellation)
    {
        for (var end = offset + length; offset < end;)
        {
            cancellation.ThrowIfCancellationRequested();
            var piece = _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - offset));
            _snapshot.Read(offset, piece);
            writer.WriteData(offset, piece);
            offset += piece.Length;
        }
    }
}
