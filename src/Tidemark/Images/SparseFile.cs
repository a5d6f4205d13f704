using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Images;

/// <summary>Finds the parts of a file that hold data (lseek with SEEK_DATA and SEEK_HOLE).</summary>
internal static partial class SparseFile
{
    private const int SeekData = 3;
    private const int SeekHole = 4;
    private const int NoSuchOffset = 6; // ENXIO: only a hole follows.
    private const long Alignment = 4096;

    /// <summary>
    /// The next range with data from an offset on, its start aligned down to a block; null when only a hole follows. A
    /// file system without holes answers with all that is left.
    /// </summary>
    public static (long Start, long End)? NextData(SafeFileHandle file, long offset, long sizeBytes)
    {
        if (offset >= sizeBytes)
            return null;

        var start = Seek(file, offset, SeekData);
        if (start < 0)
            return Marshal.GetLastPInvokeError() == NoSuchOffset ? null : (offset, sizeBytes);

        var end = Seek(file, start, SeekHole);
        return (Math.Max(offset, start / Alignment * Alignment), end < 0 ? sizeBytes : Math.Min(end, sizeBytes));
    }

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle file, long offset, int whence);
}
