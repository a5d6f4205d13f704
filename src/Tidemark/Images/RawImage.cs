using Microsoft.Win32.SafeHandles;
using Tidemark.Nbd;

namespace Tidemark.Images;

/// <summary>A raw image. Holes of the file and blocks of zeros are left out: the disk is empty already.</summary>
internal sealed class RawImage : ImageFile
{
    private const int PieceBytes = 1 << 20;
    private const int BlockBytes = 4096;
    private const int SectorBytes = 512;
    private const long NoteEveryBytes = 1L << 30;

    private readonly SafeFileHandle _file;

    /// <summary>Opens the file.</summary>
    public RawImage(string path)
    {
        _file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        SizeBytes = (RandomAccess.GetLength(_file) + SectorBytes - 1) / SectorBytes * SectorBytes;
    }

    /// <summary>The length of the file, rounded up to sectors.</summary>
    public override long SizeBytes { get; }

    /// <inheritdoc/>
    public override Task<long> CopyToAsync(NbdUri target, Action<string> note, CancellationToken cancellation) =>
        Task.Run(() => Copy(target, note, cancellation), cancellation);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }

    private long Copy(NbdUri target, Action<string> note, CancellationToken cancellation)
    {
        using var disk = NbdClient.Connect(target);
        var buffer = new byte[PieceBytes];
        long copied = 0, noted = 0, offset = 0;
        while (SparseFile.NextData(_file, offset, SizeBytes) is { } data)
        {
            for (offset = data.Start; offset < data.End; offset += PieceBytes)
            {
                cancellation.ThrowIfCancellationRequested();
                var piece = buffer.AsSpan(0, (int)Math.Min(PieceBytes, AlignUp(data.End) - offset));
                Fill(offset, piece);
                copied += WriteData(disk, offset, piece);
            }

            offset = data.End;
            if (copied - noted < NoteEveryBytes)
                continue;
            noted = copied;
            note($"{offset * 100 / SizeBytes} %");
        }

        disk.Flush();
        disk.Disconnect();
        return copied;
    }

    // What is asked for beyond the file's end, up to the next sector, is zeros.
    private void Fill(long offset, Span<byte> piece)
    {
        piece.Clear();
        for (var filled = 0; filled < piece.Length;)
        {
            var read = RandomAccess.Read(_file, piece[filled..], offset + filled);
            if (read == 0)
                return;
            filled += read;
        }
    }

    private static long WriteData(NbdClient disk, long offset, ReadOnlySpan<byte> piece)
    {
        var written = 0L;
        for (var start = 0; start < piece.Length;)
        {
            var end = start;
            while (end < piece.Length && !IsZero(piece, end))
                end = Math.Min(end + BlockBytes, piece.Length);
            if (end > start)
            {
                disk.Write(offset + start, piece[start..end]);
                written += end - start;
            }

            start = end;
            while (start < piece.Length && IsZero(piece, start))
                start = Math.Min(start + BlockBytes, piece.Length);
        }

        return written;
    }

    private static bool IsZero(ReadOnlySpan<byte> piece, int start) =>
        !piece[start..Math.Min(start + BlockBytes, piece.Length)].ContainsAnyExcept((byte)0);

    private static long AlignUp(long offset) => (offset + SectorBytes - 1) / SectorBytes * SectorBytes;
}
