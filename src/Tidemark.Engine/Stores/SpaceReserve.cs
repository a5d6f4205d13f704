namespace Tidemark.Engine.Stores;

/// <summary>A file that holds space back, so that a full file system can still be given some.</summary>
/// <param name="libC">The system.</param>
/// <param name="path">The file.</param>
/// <param name="sizeBytes">How much it holds; 0 for no reserve.</param>
internal sealed class SpaceReserve(LibC libC, string path, long sizeBytes)
{
    private const int FillBytes = 1024 * 1024;
    private const int FillSeed = 1;

    private readonly Lock _gate = new(); // guards the file

    /// <summary>Takes the space; false, with none taken, when there is not enough.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            using var file = libC.Open(path, OpenFlags.ReadWrite | OpenFlags.Create);
            if (sizeBytes == 0 || LibC.Status(file).AllocatedBytes >= sizeBytes)
                return true;
            try
            {
                if (!libC.TryAllocate(file, 0, sizeBytes))
                    Fill(file);
                libC.SyncContent(file);
                return true;
            }
            catch (StoreException exception) when (exception.Fault == StoreFault.NoSpace)
            {
                libC.Truncate(file, 0);
                return false;
            }
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
            using var file = libC.Open(path, OpenFlags.ReadWrite | OpenFlags.Create);
            libC.Truncate(file, 0);
            libC.SyncContent(file);
        }
    }

    // Where space cannot be allocated it is written, and with bytes that a compressing file system cannot shrink.
    private void Fill(FileDescriptor file)
    {
        var bytes = new byte[FillBytes];
        var random = new Random(FillSeed);
        for (var offset = 0L; offset < sizeBytes; offset += FillBytes)
        {
            random.NextBytes(bytes);
            libC.Write(file, offset, bytes.AsSpan(0, (int)Math.Min(FillBytes, sizeBytes - offset)), default);
        }
    }
}
