using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.Images;

/// <summary>
/// A file that a disk can start from: raw, read here with its holes left out, or another format, read by qemu-img. The
/// format is decided by the file's first bytes alone: what is not known to be another one is raw.
/// </summary>
internal abstract class ImageFile : IDisposable
{
    private const int MagicBytes = 8;

    private static readonly (byte[] Magic, string Format)[] ForeignFormats =
    [
        ([(byte)'Q', (byte)'F', (byte)'I', 0xfb], "qcow2"),
        ("KDMV"u8.ToArray(), "vmdk"),
        ("vhdxfile"u8.ToArray(), "vhdx"),
        ("conectix"u8.ToArray(), "vpc"),
    ];

    /// <summary>The size of the disk that the image is of.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Opens an image.</summary>
    public static async Task<ImageFile> OpenAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(
                ExitCode.Usage, "NoSuchFile", $"There is no file {path}.", "Check the path of the image.");
        }

        var start = new byte[MagicBytes];
        await using (var stream = File.OpenRead(path))
            await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        foreach (var (magic, format) in ForeignFormats)
        {
            if (start.AsSpan().StartsWith(magic))
                return await ForeignImage.OpenAsync(path, format, cancellation);
        }

        return new RawImage(path);
    }

    /// <summary>Copies the image to an empty export, which must be at least as large, and flushes it.</summary>
    /// <returns>Bytes of data copied.</returns>
    public abstract Task<long> CopyToAsync(NbdUri target, Action<string> note, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
