namespace Tidemark.Engine.Stores;

/// <summary>
/// A store in a local directory, described in <c>docs/formats/store-directory.md</c>. One process owns the directory
/// for as long as the store is open.
/// </summary>
public sealed class DirectoryStore : Store
{
    private readonly DirectoryLayout _layout;
    private readonly TimeProvider _clock;
    private readonly Action<TimeSpan, bool>? _onSynced;
    private readonly DirectoryLock _lock;
    private readonly NamedObjects _objects;
    private readonly SpaceReserve _reserve;
    private readonly DirectorySync _segmentNames;
    private readonly DirectorySync _indexNames;
    private readonly Lock _fanOutGate = new(); // guards changes of _fanOuts; held while one is made
    private volatile HashSet<string> _fanOuts; // replaced, never changed: directories known to exist durably
    private volatile bool _isDisposed;

    /// <summary>
    /// Opens the store in a directory, which is made when it does not exist. <see cref="StoreFault.NotOwned"/> when
    /// another process holds it, or when it lies on a network file system and the options do not allow that.
    /// </summary>
    public DirectoryStore(string path, DirectoryStoreOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ReserveSizeBytes, nameof(options));

        _layout = new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        _clock = options.Clock;
        _onSynced = options.OnSynced;
        _objects = new(System, _layout);
        _reserve = new(System, _layout.ReserveFile, options.ReserveSizeBytes);
        _segmentNames = new(System);
        _indexNames = new(System);
        _fanOuts = new(StringComparer.Ordinal);

        if (!options.AllowNetworkFileSystem)
            RefuseNetworkFileSystem(_layout.Root);
        MakeDirectories(_layout.Root);
        _lock = new(System, _layout.LockFile);
        try
        {
            Prepare();
        }
        catch (StoreException)
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>The store directory's full path.</summary>
    public string DirectoryPath => _layout.Root;

    /// <inheritdoc/>
    public override long FreeBytes => LibC.FileSystem(Live().Root).FreeBytes;

    /// <inheritdoc/>
    public override bool IsReserveHeld => _reserve.IsHeld;

    /// <inheritdoc/>
    public override long CapacityBytes => LibC.FileSystem(Live().Root).CapacityBytes;

    /// <summary>Makes a file's content durable, and tells whoever listens how long it took.</summary>
    internal void SyncContent(FileDescriptor file)
    {
        var start = _clock.GetTimestamp();
        var isDone = false;
        try
        {
            System.SyncContent(file);
            isDone = true;
        }
        finally
        {
            _onSynced?.Invoke(_clock.GetElapsedTime(start), isDone);
        }
    }

    /// <summary>The calls of this store into the system; the place where tests listen.</summary>
    internal LibC System { get; } = new();

    /// <inheritdoc/>
    public override int PurgeLost(DateTimeOffset before)
    {
        var purged = 0;
        foreach (var path in Entries(Live().Lost, Directory.EnumerateFiles))
        {
            var isOurs = DirectoryLayout.TryParseLost(Path.GetFileName(path), out var area, out var movedAt);
            if (isOurs && movedAt < before && System.TryUnlink(path))
            {
                NamesOf(area).Touch(_layout.Lost);
                purged++;
            }
        }

        return purged;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long> List(StoreArea area)
    {
        var ids = new List<long>();
        foreach (var directory in Entries(Live().Area(area), Directory.EnumerateDirectories))
        {
            var fanOutName = Path.GetFileName(directory);
            foreach (var path in Entries(directory, Directory.EnumerateFiles))
            {
                if (DirectoryLayout.TryParseFile(area, fanOutName, Path.GetFileName(path), out var id))
                    ids.Add(id);
            }
        }

        return ids;
    }

    /// <inheritdoc/>
    public override void SyncNames(StoreArea area)
    {
        _ = Live();
        NamesOf(area).Sync();
    }

    /// <inheritdoc/>
    public override void ReleaseReserve()
    {
        _ = Live();
        _reserve.Release();
    }

    /// <inheritdoc/>
    public override bool TryRestoreReserve()
    {
        _ = Live();
        return _reserve.TryTake();
    }

    /// <inheritdoc/>
    protected override StoreFile CreateCore(StoreArea area, long id)
    {
        var fanOut = Live().FanOut(area, id);
        if (!_fanOuts.Contains(fanOut))
            MakeFanOut(fanOut);

        var path = _layout.File(area, id);
        var file = System.Open(path, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive);
        NamesOf(area).Touch(fanOut);
        return Own(file, area, id);
    }

    /// <inheritdoc/>
    protected override StoreFile OpenCore(StoreArea area, long id, bool writable)
    {
        var flags = writable ? OpenFlags.ReadWrite : OpenFlags.Read;
        return Own(System.Open(Live().File(area, id), flags), area, id);
    }

    /// <inheritdoc/>
    protected override void DeleteCore(StoreArea area, long id)
    {
        if (System.TryUnlink(Live().File(area, id)))
            NamesOf(area).Touch(_layout.FanOut(area, id));
    }

    /// <inheritdoc/>
    protected override void MoveToLostCore(StoreArea area, long id)
    {
        System.Rename(Live().File(area, id), _layout.LostFile(area, id, _clock.GetUtcNow()));
        NamesOf(area).Touch(_layout.FanOut(area, id));
        NamesOf(area).Touch(_layout.Lost);
    }

    /// <inheritdoc/>
    protected override byte[]? ReadObjectCore(string name)
    {
        _ = Live();
        return _objects.Read(name);
    }

    /// <inheritdoc/>
    protected override void WriteObjectCore(string name, ReadOnlySpan<byte> content)
    {
        _ = Live();
        _objects.Write(name, content);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        if (disposing)
            _lock.Dispose();
        base.Dispose(disposing);
    }

    private DirectoryStoreFile Own(FileDescriptor file, StoreArea area, long id)
    {
        try
        {
            return new(this, file, area, id);
        }
        catch (StoreException)
        {
            file.Dispose();
            throw;
        }
    }

    private static void RefuseNetworkFileSystem(string path)
    {
        var existing = path;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        if (NetworkFileSystems.NameOf(LibC.FileSystem(existing).Type) is { } name)
        {
            throw new StoreException(
                StoreFault.NotOwned,
                $"The store directory {path} lies on a network or FUSE file system ({name}), where locks and syncs may "
                + "not hold. Use a local one, or allow it explicitly.");
        }
    }

    // A listing of what is changing under it is no error; a listing that fails is.
    private static IEnumerable<string> Entries(string directory, Func<string, IEnumerable<string>> enumerate)
    {
        try
        {
            return [.. enumerate(directory)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Io, $"Listing {directory} failed: {exception.Message}", exception);
        }
    }

    private DirectoryLayout Live()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _layout;
    }

    private DirectorySync NamesOf(StoreArea area) => area == StoreArea.Index ? _indexNames : _segmentNames;

    // A process that was killed may have left changes that no sync has covered: the first sync covers every directory.
    private void Prepare()
    {
        MakeDirectories(_layout.Lost);
        MakeDirectories(_layout.Objects);
        System.SyncDirectory(_layout.Objects);
        foreach (var area in new[] { StoreArea.Segments, StoreArea.Index })
        {
            MakeDirectories(_layout.Area(area));
            foreach (var fanOut in Entries(_layout.Area(area), Directory.EnumerateDirectories))
            {
                NamesOf(area).Touch(fanOut);
                _fanOuts.Add(fanOut);
            }

            System.SyncDirectory(_layout.Area(area));
            NamesOf(area).Touch(_layout.Lost);
        }

        _ = _reserve.TryTake();
        System.SyncDirectory(_layout.Root);
        SyncParentOfRoot();
    }

    // Whoever made the store directory may have been killed before the parent was synced. Where this user may not read
    // the parent, somebody else made the directory for it and is left to care.
    private void SyncParentOfRoot()
    {
        if (Path.GetDirectoryName(_layout.Root) is not { } parent)
            return;
        try
        {
            System.SyncDirectory(parent);
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.NotOwned)
        {
        }
    }

    // Made durable at once, one in 4096 files: whoever finds it made need not care for the parent.
    private void MakeFanOut(string fanOut)
    {
        lock (_fanOutGate)
        {
            if (_fanOuts.Contains(fanOut))
                return;
            MakeDirectories(fanOut);
            _fanOuts = new(_fanOuts, StringComparer.Ordinal) { fanOut };
        }
    }

    private void MakeDirectories(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return;
        MakeDirectories(parent);
        if (System.TryMakeDirectory(path))
            System.SyncDirectory(parent);
    }
}
