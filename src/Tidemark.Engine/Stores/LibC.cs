using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tidemark.Engine.Stores;

/// <summary>
/// Every call of a directory store into the system, and nothing else: interrupted calls are made again, short reads and
/// writes are completed, errors become <see cref="StoreException"/> with operation, path and error name.
/// </summary>
internal sealed unsafe partial class LibC
{
    private const int ReadNoWait = 0x8; // RWF_NOWAIT
    private const int AllocateKeepSize = 0x1; // FALLOC_FL_KEEP_SIZE
    private const int AllocatePunchHole = 0x2; // FALLOC_FL_PUNCH_HOLE
    private const uint SyncRangeWaitBefore = 0x1; // SYNC_FILE_RANGE_WAIT_BEFORE
    private const uint SyncRangeWaitAfter = 0x4; // SYNC_FILE_RANGE_WAIT_AFTER
    private const uint SyncRangeWrite = 0x2; // SYNC_FILE_RANGE_WRITE
    private const int StatusEmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint StatusSizeAndBlocks = 0x600; // STATX_SIZE | STATX_BLOCKS
    private const int StatusSizeOffset = 40; // struct statx, the same on every machine
    private const int StatusBlocksOffset = StatusSizeOffset + sizeof(long);
    private const int StatusLengthBytes = 256;
    private const int StatusBlockBytes = 512;
    private const int FileSystemTypeOffset = 0; // struct statfs on 64-bit machines
    private const int FileSystemBlockSizeOffset = FileSystemTypeOffset + sizeof(long);
    private const int FileSystemBlocksOffset = FileSystemBlockSizeOffset + sizeof(long);
    private const int FileSystemAvailableOffset = 32;
    private const int FileSystemLengthBytes = 256; // The structure takes 120.
    private const int AdviseWillNeed = 3; // POSIX_FADV_WILLNEED
    private const int AdviseDoNotNeed = 4; // POSIX_FADV_DONTNEED
    private const int LockExclusiveNoWait = 0x2 | 0x4; // LOCK_EX | LOCK_NB
    private const int LimitOpenFiles = 7; // RLIMIT_NOFILE
    private const uint FileMode = 0x1A0; // rw-r-----
    private const uint DirectoryMode = 0x1E8; // rwxr-x---

    private volatile bool _isNoWaitUnsupported;

    static LibC() => RaiseOpenFileLimit();

    /// <summary>Gets every call that changes something; null, as always outside tests, costs one comparison.</summary>
    public SystemCallRecorder? Recorder { get; set; }

    /// <summary>Opens a file or, for reading, a directory. The descriptor is not passed on to child programs.</summary>
    public FileDescriptor Open(string path, OpenFlags flags)
    {
        int number;
        do
            number = NativeOpen(path, (int)(flags | OpenFlags.CloseOnExec), FileMode);
        while (number < 0 && WasInterrupted());
        if (number < 0)
            throw Failure((flags & OpenFlags.Create) != 0 ? "Creating" : "Opening", path);

        var file = new FileDescriptor(number, path);
        Recorder?.Add(new() { Kind = SystemCallKind.Open, Path = path, Descriptor = file.Serial, Flags = flags });
        return file;
    }

    /// <summary>Closes a descriptor. Never again after an interruption: Linux has closed it by then.</summary>
    public static bool Close(int number) => NativeClose(number) == 0;

    /// <summary>Writes both spans as one range.</summary>
    public void Write(FileDescriptor file, long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var totalBytes = checked(first.Length + second.Length);
        var doneBytes = 0;
        try
        {
            fixed (byte* firstStart = first, secondStart = second)
            {
                while (doneBytes < totalBytes)
                {
                    var firstDone = Math.Min(doneBytes, first.Length);
                    var secondDone = doneBytes - firstDone;
                    var result = WriteOnce(
                        file,
                        offset + doneBytes,
                        new() { Start = firstStart + firstDone, LengthBytes = (nuint)(first.Length - firstDone) },
                        new() { Start = secondStart + secondDone, LengthBytes = (nuint)(second.Length - secondDone) });
                    if (result > 0)
                        doneBytes += (int)result;
                    else if (result == 0)
                        throw SystemError.Exception("Writing", file.Path, SystemError.InputOutput);
                    else if (!WasInterrupted())
                        throw Failure("Writing", file.Path);
                }
            }
        }
        finally
        {
            if (Recorder is { } recorder && doneBytes > 0)
                RecordWrite(recorder, file, offset, [.. first, .. second], doneBytes);
        }
    }

    /// <summary>Reads until the destination is full or the file ends; returns the bytes read.</summary>
    public int Read(FileDescriptor file, long offset, Span<byte> destination)
    {
        var doneBytes = 0;
        fixed (byte* start = destination)
        {
            while (doneBytes < destination.Length)
            {
                var lengthBytes = (nuint)(destination.Length - doneBytes);
                var result = NativeRead(file, start + doneBytes, lengthBytes, offset + doneBytes);
                if (result > 0)
                    doneBytes += (int)result;
                else if (result == 0)
                    break;
                else if (!WasInterrupted())
                    throw Failure("Reading", file.Path);
            }
        }

        return doneBytes;
    }

    /// <summary>
    /// Fills the destination from memory without waiting for the device; false when that cannot be. Where the file
    /// system cannot tell, it reads and may wait.
    /// </summary>
    public bool TryReadResident(FileDescriptor file, long offset, Span<byte> destination)
    {
        if (_isNoWaitUnsupported)
            return Read(file, offset, destination) == destination.Length;

        var doneBytes = 0;
        fixed (byte* start = destination)
        {
            while (doneBytes < destination.Length)
            {
                var vector = new IoVector
                {
                    Start = start + doneBytes,
                    LengthBytes = (nuint)(destination.Length - doneBytes),
                };
                var result = NativeReadVector(file, &vector, 1, offset + doneBytes, ReadNoWait);
                if (result > 0)
                {
                    doneBytes += (int)result;
                    continue;
                }

                var error = result == 0 ? SystemError.TryAgain : Marshal.GetLastPInvokeError();
                if (error == SystemError.TryAgain)
                    return false;
                if (SystemError.IsUnsupported(error))
                {
                    _isNoWaitUnsupported = true;
                    return Read(file, offset, destination) == destination.Length;
                }

                if (error != SystemError.Interrupted)
                    throw SystemError.Exception("Reading", file.Path, error);
            }
        }

        return true;
    }

    /// <summary>Allocates space, length unchanged. False when the file system cannot.</summary>
    public bool TryAllocate(FileDescriptor file, long offset, long lengthBytes)
    {
        if (!TryAllocateWith("Allocating space", file, AllocateKeepSize, offset, lengthBytes))
            return false;
        RecordRange(SystemCallKind.Allocate, file, offset, lengthBytes);
        return true;
    }

    /// <summary>Deallocates a range, length unchanged. False when the file system cannot.</summary>
    public bool TryPunch(FileDescriptor file, long offset, long lengthBytes)
    {
        const int Mode = AllocatePunchHole | AllocateKeepSize;
        if (!TryAllocateWith("Deallocating space", file, Mode, offset, lengthBytes))
            return false;
        RecordRange(SystemCallKind.Punch, file, offset, lengthBytes);
        return true;
    }

    /// <summary>Starts the write-out of a range. Best effort: whatever goes wrong shows up at the next sync.</summary>
    public static void StartWriteOut(FileDescriptor file, long offset, long lengthBytes) =>
        _ = NativeSyncRange(file, offset, lengthBytes, SyncRangeWrite);

    /// <summary>
    /// Writes a range to the device and waits for it. An error counts as one of a sync: the system may not say it
    /// again.
    /// </summary>
    public static void FinishWriteOut(FileDescriptor file, long offset, long lengthBytes)
    {
        const uint Flags = SyncRangeWaitBefore | SyncRangeWrite | SyncRangeWaitAfter;
        while (NativeSyncRange(file, offset, lengthBytes, Flags) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (SystemError.IsUnsupported(error))
                return;
            if (error != SystemError.Interrupted)
                throw SystemError.Exception("Writing to the device", file.Path, error);
        }
    }

    /// <summary>Starts reading a range into memory. Best effort.</summary>
    public static void Prefetch(FileDescriptor file, long offset, long lengthBytes) =>
        _ = NativeAdvise(file, offset, lengthBytes, AdviseWillNeed);

    /// <summary>Asks the system to drop its clean copy of the whole file.</summary>
    public static void DropResident(FileDescriptor file)
    {
        var error = NativeAdvise(file, 0, 0, AdviseDoNotNeed);
        if (error != 0 && !SystemError.IsUnsupported(error))
            throw SystemError.Exception("Dropping cached pages", file.Path, error);
    }

    /// <summary>Makes content and length durable.</summary>
    public void SyncContent(FileDescriptor file)
    {
        var covers = Recorder?.Count ?? 0;
        while (NativeSyncContent(file) != 0)
        {
            if (!WasInterrupted())
                throw Failure("fdatasync", file.Path);
        }

        Recorder?.Add(new()
        {
            Kind = SystemCallKind.SyncFile,
            Path = file.Path,
            Descriptor = file.Serial,
            Covers = covers,
        });
    }

    /// <summary>Makes a directory's entries durable.</summary>
    public void SyncDirectory(string path)
    {
        using var directory = OpenForStatus(path);
        var covers = Recorder?.Count ?? 0;
        while (NativeSync(directory) != 0)
        {
            if (!WasInterrupted())
                throw Failure("fsync of a directory", path);
        }

        Recorder?.Add(new() { Kind = SystemCallKind.SyncDirectory, Path = path, Covers = covers });
    }

    /// <summary>Sets the length and frees what lies beyond it.</summary>
    public void Truncate(FileDescriptor file, long lengthBytes)
    {
        while (NativeTruncate(file, lengthBytes) != 0)
        {
            if (!WasInterrupted())
                throw Failure("Setting the length", file.Path);
        }

        RecordRange(SystemCallKind.Truncate, file, 0, lengthBytes);
    }

    /// <summary>The length of a file and the bytes allocated to it.</summary>
    public static (long LengthBytes, long AllocatedBytes) Status(FileDescriptor file)
    {
        Span<byte> status = stackalloc byte[StatusLengthBytes];
        fixed (byte* start = status)
        {
            if (NativeStatus(file, "", StatusEmptyPath, StatusSizeAndBlocks, start) != 0)
                throw Failure("Reading the length", file.Path);
        }

        // Structures come in the byte order of the machine, which is little-endian on all that are supported.
        var blocks = BinaryPrimitives.ReadInt64LittleEndian(status[StatusBlocksOffset..]);
        return (BinaryPrimitives.ReadInt64LittleEndian(status[StatusSizeOffset..]), blocks * StatusBlockBytes);
    }

    /// <summary>Takes the lock on an open file until it is closed; false when somebody else has it.</summary>
    public static bool TryLock(FileDescriptor file)
    {
        while (NativeLock(file, LockExclusiveNoWait) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == SystemError.TryAgain)
                return false;
            if (error != SystemError.Interrupted)
                throw SystemError.Exception("Locking", file.Path, error);
        }

        return true;
    }

    /// <summary>What kind of file system holds a path, and how much room it has.</summary>
    public static FileSystemState FileSystem(string path)
    {
        Span<byte> status = stackalloc byte[FileSystemLengthBytes];
        fixed (byte* start = status)
        {
            while (NativeFileSystemStatus(path, start) != 0)
            {
                if (!WasInterrupted())
                    throw Failure("Reading the state of the file system", path);
            }
        }

        var available = BinaryPrimitives.ReadInt64LittleEndian(status[FileSystemAvailableOffset..]);
        var blockBytes = BinaryPrimitives.ReadInt64LittleEndian(status[FileSystemBlockSizeOffset..]);
        var blocks = BinaryPrimitives.ReadInt64LittleEndian(status[FileSystemBlocksOffset..]);
        return new(
            BinaryPrimitives.ReadInt64LittleEndian(status),
            checked(available * blockBytes),
            checked(blocks * blockBytes));
    }

    /// <summary>Gives a file another name, replacing what has it, in one step.</summary>
    public void Rename(string path, string targetPath)
    {
        if (NativeRename(path, targetPath) != 0)
            throw Failure($"Renaming to {targetPath}", path);
        Recorder?.Add(new() { Kind = SystemCallKind.Rename, Path = path, TargetPath = targetPath });
    }

    /// <summary>Removes a file's name; false when there is none.</summary>
    public bool TryUnlink(string path)
    {
        if (NativeUnlink(path) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == SystemError.NoEntry ? false : throw SystemError.Exception("Removing", path, error);
        }

        Recorder?.Add(new() { Kind = SystemCallKind.Unlink, Path = path });
        return true;
    }

    /// <summary>Makes a directory; false when it exists. Durable only once its parent is synced.</summary>
    public bool TryMakeDirectory(string path)
    {
        if (NativeMakeDirectory(path, DirectoryMode) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == SystemError.Exists ? false : throw SystemError.Exception("Making a directory", path, error);
        }

        Recorder?.Add(new() { Kind = SystemCallKind.MakeDirectory, Path = path });
        return true;
    }

    private static nint WriteOnce(FileDescriptor file, long offset, IoVector first, IoVector second)
    {
        if (first.LengthBytes == 0)
            return NativeWrite(file, second.Start, second.LengthBytes, offset);
        if (second.LengthBytes == 0)
            return NativeWrite(file, first.Start, first.LengthBytes, offset);

        var vectors = stackalloc IoVector[] { first, second };
        return NativeWriteVector(file, vectors, 2, offset);
    }

    private static bool TryAllocateWith(string operation, FileDescriptor file, int mode, long offset, long lengthBytes)
    {
        while (NativeAllocate(file, mode, offset, lengthBytes) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (SystemError.IsUnsupported(error))
                return false;
            if (error != SystemError.Interrupted)
                throw SystemError.Exception(operation, file.Path, error);
        }

        return true;
    }

    private static FileDescriptor OpenForStatus(string path)
    {
        int number;
        do
            number = NativeOpen(path, (int)(OpenFlags.Read | OpenFlags.CloseOnExec), 0);
        while (number < 0 && WasInterrupted());
        return number < 0 ? throw Failure("Opening", path) : new FileDescriptor(number, path);
    }

    private static void RecordWrite(
        SystemCallRecorder recorder, FileDescriptor file, long offset, byte[] bytes, int doneBytes) =>
        recorder.Add(new()
        {
            Kind = SystemCallKind.Write,
            Path = file.Path,
            Descriptor = file.Serial,
            Offset = offset,
            LengthBytes = doneBytes,
            Bytes = bytes.AsMemory(0, doneBytes),
        });

    private void RecordRange(SystemCallKind kind, FileDescriptor file, long offset, long lengthBytes) =>
        Recorder?.Add(new()
        {
            Kind = kind,
            Path = file.Path,
            Descriptor = file.Serial,
            Offset = offset,
            LengthBytes = lengthBytes,
        });

    private static bool WasInterrupted() => Marshal.GetLastPInvokeError() == SystemError.Interrupted;

    private static StoreException Failure(string operation, string path) =>
        SystemError.Exception(operation, path, Marshal.GetLastPInvokeError());

    // Each open segment costs a descriptor. Failing to get more is no error here: opening will say so.
    private static void RaiseOpenFileLimit()
    {
        var limits = stackalloc ulong[2]; // the soft limit, then the hard one
        if (NativeGetLimit(LimitOpenFiles, limits) != 0 || limits[0] >= limits[1])
            return;
        limits[0] = limits[1];
        _ = NativeSetLimit(LimitOpenFiles, limits);
    }
}
