namespace Tidemark.Engine.Stores;

/// <summary>
/// Where segments, index chunks and a few small named objects live. Numbered files are created once, written by one
/// engine, and never recycled; ids are given by the engine and never used twice.
/// Every operation throws <see cref="StoreException"/> on failure.
/// </summary>
public abstract class Store : IDisposable
{
    /// <summary>Creates a file that must not exist. The name is durable only after <see cref="SyncNames"/>.</summary>
    public abstract StoreFile Create(StoreArea area, long id);

    /// <summary>Opens an existing file; <see cref="StoreFault.Missing"/> when there is none.</summary>
    public abstract StoreFile Open(StoreArea area, long id, bool writable);

    /// <summary>Removes a file; does nothing when there is none. Durable only after <see cref="SyncNames"/>.</summary>
    public abstract void Delete(StoreArea area, long id);

    /// <summary>Moves a file that nothing accounts for out of the way, to where <see cref="PurgeLost"/> finds it.</summary>
    public abstract void MoveToLost(StoreArea area, long id);

    /// <summary>Removes files that were moved to the lost folder before <paramref name="before"/>; returns how many.</summary>
    public abstract int PurgeLost(DateTimeOffset before);

    /// <summary>The ids of all files of an area, in no particular order. Costs a directory listing, no file is opened.</summary>
    public abstract IReadOnlyList<long> List(StoreArea area);

    /// <summary>Makes every creation, removal and move in the area durable.</summary>
    public abstract void SyncNames(StoreArea area);

    /// <summary>Reads a small named object whole; null when it does not exist.</summary>
    public abstract byte[]? ReadObject(string name);

    /// <summary>Replaces a small named object at once and durably: after a crash it reads as before or as after.</summary>
    public abstract void WriteObject(string name, ReadOnlySpan<byte> content);

    /// <summary>Bytes that a writer can still allocate.</summary>
    public abstract long FreeBytes { get; }

    /// <summary>Gives the reserve's space back to the file system, so that deletion and recovery can go on in a full one.</summary>
    public abstract void ReleaseReserve();

    /// <summary>Tries to take the reserve again; false while there is no room for it.</summary>
    public abstract bool TryRestoreReserve();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the store holds (locks, handles).</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
