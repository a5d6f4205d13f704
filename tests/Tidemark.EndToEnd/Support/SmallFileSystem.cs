namespace Tidemark.EndToEnd.Support;

/// <summary>
/// A real ext4 of its own on a loop device, small enough to be filled. Needs root; without it the test fails and says
/// so, because a full file system cannot be had otherwise.
/// </summary>
internal sealed class SmallFileSystem : IDisposable
{
    private const int PieceBytes = 1 << 20;

    // What there is to give back, however exactly the server had filled the rest: more than a start needs.
    private const int BallastMinBytes = 16 << 20;

    private const int DiskFull = 28; // ENOSPC

    private readonly string _ballast;

    public SmallFileSystem(string image, string mountPoint, long sizeBytes)
    {
        using (var file = File.Create(image))
            file.SetLength(sizeBytes);
        Tool.Run("mkfs.ext4", "-q", "-F", "-m", "0", image);
        Directory.CreateDirectory(mountPoint);
        var mounted = Tool.Try("mount", "-o", "loop", image, mountPoint);
        Assert.True(
            mounted.ExitCode == 0,
            $"An ext4 could not be mounted from a loop device: run this test as root, where loop devices are allowed.\n"
                + mounted);
        MountPoint = mountPoint;
        _ballast = In("ballast");
        File.WriteAllBytes(_ballast, new byte[BallastMinBytes]);
    }

    public string MountPoint { get; }

    /// <summary>Bytes that a file could still take.</summary>
    public long FreeBytes => new DriveInfo(MountPoint).AvailableFreeSpace;

    /// <summary>The path of a file or folder within.</summary>
    public string In(string name) => Path.Combine(MountPoint, name);

    /// <summary>
    /// Writes into a file of its own until not one byte more is taken. Gives that back and says no when the server had
    /// let go of something meanwhile that it should have held.
    /// </summary>
    public bool TryFillToTheLastByte(Func<bool> isStillHeld)
    {
        var lengthBefore = new FileInfo(_ballast) is { Exists: true } ballast ? ballast.Length : 0;
        FillToTheLastByte();
        if (isStillHeld())
            return true;
        using var file = new FileStream(_ballast, FileMode.Open, FileAccess.Write);
        file.SetLength(lengthBefore);
        return false;
    }

    private void FillToTheLastByte()
    {
        using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var pieceBytes = PieceBytes; pieceBytes > 0; pieceBytes /= 2)
        {
            var piece = new byte[pieceBytes];
            while (TryWrite(file, piece))
            {
            }
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Takes away what others have written: at least 16 MiB.</summary>
    public void MakeRoom() => File.Delete(_ballast);

    public void Dispose() => Tool.Run("umount", MountPoint);

    private static bool TryWrite(FileStream file, byte[] piece)
    {
        var before = file.Position;
        try
        {
            file.Write(piece);
            return true;
        }
        catch (IOException failure) when ((failure.HResult & 0xFFFF) == DiskFull
            || failure.Message.Contains("No space left", StringComparison.Ordinal))
        {
            file.Position = before;
            return false;
        }
    }
}
