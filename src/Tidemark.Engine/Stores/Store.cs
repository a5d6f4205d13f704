namespace Tidemark.Engine.Stores;

/// <summary>
/// Where segments, index chunks and a few small named objects live. Numbered files are created once, written by one
/// engine, and never recycled; ids are given by the engine and never used twice.
/// Every operation throws <see cref="StoreException"/> on failure. Safe for concurrent use.
/// The public members check their arguments; an implementation supplies the <c>…Core</c> members.
/// </summary>
/// <remarks>The folder's first file. <c>docs/formats/store-directory.md</c> describes the store on a disk.</remarks>
public abstract class Store : IDisposable
{
    /// <summary>The longest name of a named object, in characters.</summary>
    public const int ObjectNameLengthMax = 100;

    /// <summary>What an unfinished object's name ends with; no object may be called so.</summary>
    internal const string UnfinishedSuffix = ".tmp";

    /// <summary>Creates a file that must not exist. The name is durable only after <see cref="SyncNames"/>.</summary>
    public StoreFile Create(StoreArea area, long id)
    {
        CheckId(area, id);
        return CreateCore(area, id);
    }

    /// <summary>Opens an existing file; <see cref="StoreFault.Missing"/> when there is none.</summary>
    public StoreFile Open(StoreArea area, long id, bool writable)
    {
        CheckId(area, id);
        return OpenCore(area, id, writable);
    }

    /// <summary>Removes a file; does nothing when there is none. Durable only after <see cref="SyncNames"/>.</summary>
    public void Delete(StoreArea area, long id)
    {
        CheckId(area, id);
        DeleteCore(area, id);
    }

    /// <summary>
    /// Moves a file that nothing accounts for out of the way, to where <see cref="PurgeLost"/> finds it;
    /// <see cref="StoreFault.Missing"/> when there is none. Durable only after <see cref="SyncNames"/>.
    /// </summary>
    public void MoveToLost(StoreArea area, long id)
    {
        CheckId(area, id);
        MoveToLostCore(area, id);
    }

    /// <summary>
    /// Removes files that were moved to the lost folder before <paramref name="before"/>; returns how many.
    /// </summary>
    public abstract int PurgeLost(DateTimeOffset before);

    /// <summary>
    /// The ids of all files of an area, in no particular order. Costs a directory listing, no file is opened.
    /// </summary>
    public abstract IReadOnlyList<long> List(StoreArea area);

    /// <summary>Makes every creation, removal and move in the area durable.</summary>
    public abstract void SyncNames(StoreArea area);

    /// <summary>Reads a small named object whole; null when it does not exist.</summary>
    public byte[]? ReadObject(string name)
    {
        CheckObjectName(name);
        return ReadObjectCore(name);
    }

    /// <summary>
    /// Replaces a small named object at once and durably: after a crash it reads as before or as after.
    /// </summary>
    public void WriteObject(string name, ReadOnlySpan<byte> content)
    {
        CheckObjectName(name);
        WriteObjectCore(name, content);
    }

    /// <summary>Bytes that a writer can still allocate.</summary>
    public abstract long FreeBytes { get; }

    /// <summary>The size of what holds the store, in bytes; 0 when that is not known.</summary>
    public virtual long CapacityBytes => 0;

    /// <summary>
    /// False while the reserve is given up, in whole or in part: its space is for deletion and recovery alone.
    /// </summary>
    public abstract bool IsReserveHeld { get; }

    /// <summary>
    /// Asked before space is allocated for what clients write: <see cref="StoreFault.NoSpace"/> while the reserve is
    /// given up and cannot be taken back, because writers would eat what deletion needs to make room for them.
    /// </summary>
    public void RequireRoomForWriters()
    {
        if (!IsReserveHeld && !TryRestoreReserve())
        {
            throw new StoreException(StoreFault.NoSpace,
                "The store is full: what is left is kept for deletion and recovery. Delete snapshots or disks, or make "
                + "room on the file system; writes are taken again by themselves.");
        }
    }

    /// <summary>
    /// Gives the reserve's space back to the file system, so that deletion and recovery can go on in a full one.
    /// </summary>
    public abstract void ReleaseReserve();

    /// <summary>
    /// Tries to take the reserve again; false while there is no room for all of it. What there is may be held then, so
    /// that nobody else takes it.
    /// </summary>
    public abstract bool TryRestoreReserve();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Create"/>
    protected abstract StoreFile CreateCore(StoreArea area, long id);

    /// <inheritdoc cref="Open"/>
    protected abstract StoreFile OpenCore(StoreArea area, long id, bool writable);

    /// <inheritdoc cref="Delete"/>
    protected abstract void DeleteCore(StoreArea area, long id);

    /// <inheritdoc cref="MoveToLost"/>
    protected abstract void MoveToLostCore(StoreArea area, long id);

    /// <inheritdoc cref="ReadObject"/>
    protected abstract byte[]? ReadObjectCore(string name);

    /// <inheritdoc cref="WriteObject"/>
    protected abstract void WriteObjectCore(string name, ReadOnlySpan<byte> content);

    /// <summary>Releases what the store holds (locks, handles).</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static void CheckId(StoreArea area, long id)
    {
        if (area is not (StoreArea.Segments or StoreArea.Index))
            throw new ArgumentOutOfRangeException(nameof(area), area, "The area is not one of a store.");
        ArgumentOutOfRangeException.ThrowIfNegative(id);
    }

    private static void CheckObjectName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var isSound = name.Length <= ObjectNameLengthMax
            && name[0] != '.'
            && !name.EndsWith(UnfinishedSuffix, StringComparison.Ordinal);
        foreach (var character in name)
            isSound &= char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';
        if (!isSound)
        {
            throw new ArgumentException(
                $"The object name \"{name}\" is not 1 to {ObjectNameLengthMax} ASCII letters, digits, '.', '-' or '_', "
                + $"begins with '.', or ends with \"{UnfinishedSuffix}\".",
                nameof(name));
        }
    }
}
