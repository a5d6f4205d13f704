using System.Runtime.InteropServices;
using System.Text;

namespace Tidemark.Catalog.Journal;

/// <summary>Makes the names in a directory durable: new files, renames, removals.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0; // O_RDONLY, with which a directory can be opened, too

    /// <summary>Syncs a directory.</summary>
    /// <exception cref="IOException">The directory cannot be opened or synced.</exception>
    public static void Sync(string path)
    {
        var descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly);
        if (descriptor < 0)
            throw new IOException($"Cannot open the directory {path}: error {Marshal.GetLastPInvokeError()}.");
        var result = Fsync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
            throw new IOException($"Cannot make the directory {path} durable: error {error}.");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte[] path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
