using System.Runtime.InteropServices;

namespace Tidemark.Engine.Stores;

/// <content>The imported functions, as libc declares them on 64-bit Linux.</content>
internal sealed unsafe partial class LibC
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    private static partial int NativeClose(int number);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    private static partial nint NativeRead(FileDescriptor file, byte* bytes, nuint lengthBytes, long offset);

    [LibraryImport(Library, EntryPoint = "preadv2", SetLastError = true)]
    private static partial nint NativeReadVector(
        FileDescriptor file, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint NativeWrite(FileDescriptor file, byte* bytes, nuint lengthBytes, long offset);

    [LibraryImport(Library, EntryPoint = "pwritev", SetLastError = true)]
    private static partial nint NativeWriteVector(FileDescriptor file, IoVector* vectors, int count, long offset);

    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int NativeSyncContent(FileDescriptor file);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeSync(FileDescriptor file);

    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    private static partial int NativeAllocate(FileDescriptor file, int mode, long offset, long lengthBytes);

    [LibraryImport(Library, EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int NativeSyncRange(FileDescriptor file, long offset, long lengthBytes, uint flags);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int NativeTruncate(FileDescriptor file, long lengthBytes);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeStatus(FileDescriptor file, string path, int flags, uint mask, byte* status);

    // The error comes back as the result; errno stays as it was.
    [LibraryImport(Library, EntryPoint = "posix_fadvise")]
    private static partial int NativeAdvise(FileDescriptor file, long offset, long lengthBytes, int advice);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    private static partial int NativeLock(FileDescriptor file, int operation);

    [LibraryImport(Library, EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeFileSystemStatus(string path, byte* status);

    [LibraryImport(Library, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeRename(string path, string targetPath);

    [LibraryImport(Library, EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeUnlink(string path);

    [LibraryImport(Library, EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeMakeDirectory(string path, uint mode);

    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int NativeGetLimit(int resource, ulong* limits);

    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int NativeSetLimit(int resource, ulong* limits);
}
