namespace Tidemark.Engine.Stores;

/// <summary>A file that holds space back, so that a full file system can still be given some.</summary>
/// <param name="libC">The system.</param>
/// <param name="path">The file.</param>
/// <param name="sizeBytes">How much it holds; 0 for no reserve.</param>
internal sealed class SpaceReserve(LibC libC, string path, long sizeBytes)
{
    private const int FillBytes = 1024 * 1024;
    private const int FillSeed = 1;

    // Less is not worth a file's blocks.
    private const long PartBytesMin = 1024 * 1024;
    private const long PartBytesMax = 32 * 1024 * 1024;

    private readonly Lock _gate = new(); // guards the file and _isPartDue
    private volatile bool _isHeld = sizeBytes == 0;

    // Once after each release: a file system that is full is not asked again and again.
    private bool _isPartDue = true;

    /// <summary>Whether all of it is held.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>
    /// Takes the space; false when there is not enough. Then what there is is held, so that no other program takes
    /// what a deletion will need.
    /// </summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_isHeld)
                return true;
            using var file = libC.Open(path, OpenFlags.ReadWrite | OpenFlags.Create);
            var allocatedBytes = LibC.Status(file).AllocatedBytes;
            var hasRoom = LibC.FileSystem(path).FreeBytes >= sizeBytes - allocatedBytes;
            _isHeld = allocatedBytes >= sizeBytes || (hasRoom && TryTake(file, sizeBytes));
            if (!_isHeld && _isPartDue)
                TakePart(file, allocatedBytes);
            return _isHeld;
        }
    }

    /// <summary>
    /// Gives the space back. Cut rather than removed: it takes no new block of the directory. Synced, as a journal may
    /// hold freed blocks back until it commits.
    /// </summary>
    public void Release()
    {
        lock (_gate)
        {
            _isHeld = sizeBytes == 0;
            _isPartDue = true;
            using var file = libC.Open(path, OpenFlags.ReadWrite | OpenFlags.Create);
            libC.Truncate(file, 0);
            libC.SyncContent(file);
        }
    }

    private void TakePart(FileDescriptor file, long allocatedBytes)
    {
        _isPartDue = false;
        for (var bytes = Math.Min(sizeBytes / 2, PartBytesMax); bytes >= PartBytesMin; bytes /= 2)
        {
            if (bytes <= allocatedBytes || TryTake(file, bytes))
                return;
        }
    }

    private bool TryTake(FileDescriptor file, long bytes)
    {
        try
        {
            if (!libC.TryAllocate(file, 0, bytes))
                Fill(file, bytes);
            libC.SyncContent(file);
            return true;
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.NoSpace)
        {
            libC.Truncate(file, 0);
            return false;
        }
    }

    // Where space cannot be allocated it is written, and with bytes that a compressing file system cannot shrink.
    private void Fill(FileDescriptor file, long lengthBytes)
    {
        var bytes = new byte[FillBytes];
        var random = new Random(FillSeed);
        for (var offset = 0L; offset < lengthBytes; offset += FillBytes)
        {
            random.NextBytes(bytes);
            libC.Write(file, offset, bytes.AsSpan(0, (int)Math.Min(FillBytes, lengthBytes - offset)), default);
        }
    }
}
