namespace Tidemark.Engine.Stores;

/// <summary>A file of a <see cref="DirectoryStore"/>.</summary>
internal sealed class DirectoryStoreFile : StoreFile
{
    private readonly DirectoryStore _store;
    private readonly LibC _libC;
    private readonly FileDescriptor _file;
    private long _lengthBytes;
    private volatile StoreException? _syncFailure;

    /// <summary>Takes ownership of an open descriptor.</summary>
    public DirectoryStoreFile(DirectoryStore store, FileDescriptor file, StoreArea area, long id)
    {
        _store = store;
        _libC = store.System;
        _file = file;
        Area = area;
        Id = id;
        _lengthBytes = LibC.Status(file).LengthBytes;
    }

    /// <inheritdoc/>
    public override StoreArea Area { get; }

    /// <inheritdoc/>
    public override long Id { get; }

    /// <inheritdoc/>
    public override string Name => _file.Path;

    /// <inheritdoc/>
    public override long LengthBytes => Volatile.Read(ref _lengthBytes);

    /// <inheritdoc/>
    public override long AllocatedBytes => LibC.Status(_file).AllocatedBytes;

    /// <inheritdoc/>
    public override void Sync()
    {
        if (_syncFailure is { } earlier)
            throw Untrusted(earlier);
        try
        {
            _store.SyncContent(_file);
        }
        catch (StoreException exception)
        {
            _syncFailure = exception;
            throw;
        }
        // Of two syncs side by side one may get the error and the other not, although both cover the lost pages.
        if (_syncFailure is { } concurrent)
            throw Untrusted(concurrent);
    }

    /// <inheritdoc/>
    public override void DropResident() => LibC.DropResident(_file);

    /// <inheritdoc/>
    protected override void WriteCore(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        try
        {
            _libC.Write(_file, offset, first, second);
        }
        catch (StoreException)
        {
            // A part may have been written before the failure.
            ExtendTo(LibC.Status(_file).LengthBytes);
            throw;
        }

        ExtendTo(offset + first.Length + second.Length);
    }

    /// <inheritdoc/>
    protected override int ReadCore(long offset, Span<byte> destination) => _libC.Read(_file, offset, destination);

    /// <inheritdoc/>
    protected override bool TryReadResidentCore(long offset, Span<byte> destination) =>
        _libC.TryReadResident(_file, offset, destination);

    /// <inheritdoc/>
    protected override void AllocateCore(long offset, long lengthBytes) =>
        _ = _libC.TryAllocate(_file, offset, lengthBytes);

    /// <inheritdoc/>
    protected override void StartWriteOutCore(long offset, long lengthBytes) =>
        LibC.StartWriteOut(_file, offset, lengthBytes);

    /// <inheritdoc/>
    protected override void FinishWriteOutCore(long offset, long lengthBytes)
    {
        if (_syncFailure is { } earlier)
            throw Untrusted(earlier);
        try
        {
            LibC.FinishWriteOut(_file, offset, lengthBytes);
        }
        catch (StoreException exception)
        {
            _syncFailure = exception;
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void PrefetchCore(long offset, long lengthBytes) =>
        LibC.Prefetch(_file, offset, lengthBytes);

    /// <inheritdoc/>
    protected override void PunchCore(long offset, long lengthBytes) =>
        _ = _libC.TryPunch(_file, offset, lengthBytes);

    /// <inheritdoc/>
    protected override void TruncateCore(long lengthBytes)
    {
        _libC.Truncate(_file, lengthBytes);
        Volatile.Write(ref _lengthBytes, lengthBytes);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    private void ExtendTo(long lengthBytes)
    {
        var known = Volatile.Read(ref _lengthBytes);
        while (known < lengthBytes)
        {
            var found = Interlocked.CompareExchange(ref _lengthBytes, lengthBytes, known);
            if (found == known)
                return;
            known = found;
        }
    }

    private StoreException Untrusted(StoreException failure) => new(
        StoreFault.Io,
        $"An earlier sync of {Name} failed, so that what it holds in memory cannot be trusted: open the disk again. "
        + $"The first failure: {failure.Message}",
        failure);
}
