namespace Tidemark.Engine.Stores;

/// <summary>An open file of a <see cref="SimulatedStore"/>. Dead once the store has crashed.</summary>
internal sealed class SimulatedStoreFile : StoreFile
{
    private readonly SimulatedStore _store;
    private readonly SimulatedContent _content;
    private readonly bool _isWritable;
    private bool _isClosed; // guarded by the store's lock

    /// <summary>Opens a file. The caller holds the store's lock.</summary>
    public SimulatedStoreFile(SimulatedStore store, SimulatedContent content, StoreArea area, long id, bool isWritable)
    {
        _store = store;
        _content = content;
        _isWritable = isWritable;
        Area = area;
        Id = id;
        content.Open();
    }

    /// <inheritdoc/>
    public override StoreArea Area { get; }

    /// <inheritdoc/>
    public override long Id { get; }

    /// <inheritdoc/>
    public override string Name => SimulatedStore.NameOf(Area, Id);

    /// <inheritdoc/>
    public override long LengthBytes
    {
        get
        {
            lock (_store.Gate)
            {
                _store.CheckRunning(SimulatedOperation.Any, Area, Id);
                return _content.LengthBytes;
            }
        }
    }

    /// <inheritdoc/>
    public override long AllocatedBytes
    {
        get
        {
            lock (_store.Gate)
            {
                _store.CheckRunning(SimulatedOperation.Any, Area, Id);
                return _content.AllocatedBytes;
            }
        }
    }

    /// <inheritdoc/>
    public override void Sync()
    {
        lock (_store.Gate)
        {
            CheckOpen();
            if (_store.Enter(SimulatedOperation.Sync, Area, Id) is { } failure)
            {
                if (!_store.IsStopped)
                    _content.LoseSync();
                throw failure;
            }

            _content.Sync();
        }
    }

    /// <inheritdoc/>
    public override void DropResident()
    {
        lock (_store.Gate)
        {
            CheckOpen();
            _store.CheckRunning(SimulatedOperation.Any, Area, Id);
            _content.DropResident();
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        lock (_store.Gate)
        {
            CheckWritable();
            _store.CheckRunning(SimulatedOperation.Write, Area, Id);
            if (_store.Enter(SimulatedOperation.Write, Area, Id) is { } failure)
            {
                // The bytes before the failure are there, as with any write that the system gave up half way.
                var halfBytes = (first.Length + second.Length) / 2;
                var firstBytes = Math.Min(first.Length, halfBytes);
                _content.Write(offset, first[..firstBytes]);
                _content.Write(offset + firstBytes, second[..(halfBytes - firstBytes)]);
                throw failure;
            }

            var isWritten = _content.Write(offset, first) == first.Length
                && _content.Write(offset + first.Length, second) == second.Length;
            if (!isWritten)
                throw Full(SimulatedOperation.Write);
        }
    }

    /// <inheritdoc/>
    protected override int ReadCore(long offset, Span<byte> destination)
    {
        lock (_store.Gate)
        {
            Begin(SimulatedOperation.Read);
            return _content.Read(offset, destination);
        }
    }

    /// <inheritdoc/>
    protected override bool TryReadResidentCore(long offset, Span<byte> destination)
    {
        lock (_store.Gate)
        {
            Begin(SimulatedOperation.Read);
            return _content.IsResident(offset, destination.Length)
                && _content.Read(offset, destination) == destination.Length;
        }
    }

    /// <inheritdoc/>
    protected override void AllocateCore(long offset, long lengthBytes)
    {
        lock (_store.Gate)
        {
            CheckWritable();
            Begin(SimulatedOperation.Allocate);
            if (!_content.TryAllocate(offset, lengthBytes))
                throw Full(SimulatedOperation.Allocate);
        }
    }

    /// <inheritdoc/>
    protected override void StartWriteOutCore(long offset, long lengthBytes)
    {
        lock (_store.Gate)
        {
            CheckOpen();
            _store.CheckRunning(SimulatedOperation.Any, Area, Id);
            _content.StartWriteOut(offset, lengthBytes);
        }
    }

    /// <inheritdoc/>
    protected override void PunchCore(long offset, long lengthBytes)
    {
        lock (_store.Gate)
        {
            CheckWritable();
            Begin(SimulatedOperation.Punch);
            _content.Punch(offset, lengthBytes);
        }
    }

    /// <inheritdoc/>
    protected override void TruncateCore(long lengthBytes)
    {
        lock (_store.Gate)
        {
            CheckWritable();
            Begin(SimulatedOperation.Truncate);
            _content.Truncate(lengthBytes);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_store.Gate)
        {
            if (!_isClosed && !_store.IsReplaced)
                _content.Close();
            _isClosed = true;
        }

        base.Dispose(disposing);
    }

    private void Begin(SimulatedOperation operation)
    {
        CheckOpen();
        if (_store.Enter(operation, Area, Id) is { } failure)
            throw failure;
    }

    private void CheckOpen() => ObjectDisposedException.ThrowIf(_isClosed, this);

    private void CheckWritable()
    {
        CheckOpen();
        if (!_isWritable)
            throw new StoreException(StoreFault.Io, $"{Name} was opened for reading only: open it as writable.");
    }

    private StoreException Full(SimulatedOperation operation) => new(
        StoreFault.NoSpace,
        $"{operation} failed on {Name}: the simulated device is full. Free space, then try again.");
}
