namespace Tidemark.Engine.Stores;

/// <summary>
/// A store in memory that keeps what a program sees apart from what a device surely has, fails when told to, and shows
/// what a crash would leave. Safe for concurrent use; the same calls in the same order give the same results.
/// </summary>
public sealed class SimulatedStore : Store
{
    private readonly SimulatedStoreOptions _options;
    private readonly SimulatedNames _segments;
    private readonly SimulatedNames _index;
    private readonly Dictionary<string, byte[]> _objects;
    private readonly SimulatedSpace _space;
    private readonly SimulatedFaults _faults = new();
    private bool _isReserveHeld;
    private (string Name, byte[] Content)? _objectInFlight; // replaced when the power went
    private bool _isDisposed;

    /// <summary>An empty store on a machine of its own.</summary>
    public SimulatedStore(SimulatedStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _segments = new();
        _index = new();
        _objects = new(StringComparer.Ordinal);
        _space = new(options.CapacityBytes);
        _isReserveHeld = _space.TryTake(options.ReserveSizeBytes);
    }

    /// <summary>An empty store on a machine with room for everything.</summary>
    public SimulatedStore()
        : this(new SimulatedStoreOptions())
    {
    }

    // What a crash left of another store, opened again.
    private SimulatedStore(SimulatedStore crashed)
    {
        _options = crashed._options;
        _segments = crashed._segments;
        _index = crashed._index;
        _objects = crashed._objects;
        _space = new(_options.CapacityBytes);
        foreach (var name in _segments.Live.Values.Concat(_index.Live.Values))
            name.Content.Recount(_space);
        foreach (var content in _objects.Values)
            _space.Count(SpaceOf(content.Length));
        _isReserveHeld = _space.TryTake(_options.ReserveSizeBytes);
    }

    /// <inheritdoc/>
    public override long FreeBytes
    {
        get
        {
            lock (Gate)
                return _space.FreeBytes;
        }
    }

    /// <inheritdoc/>
    public override long CapacityBytes => _options.CapacityBytes;

    /// <summary>How many operations there were since the store was opened.</summary>
    public long OperationCount
    {
        get
        {
            lock (Gate)
                return _faults.OperationCount;
        }
    }

    /// <inheritdoc/>
    public override bool IsReserveHeld
    {
        get
        {
            lock (Gate)
                return _isReserveHeld || _options.ReserveSizeBytes == 0;
        }
    }

    /// <summary>True once a planted power cut has happened: every operation fails until <see cref="Crash"/>.</summary>
    public bool IsPowerCut
    {
        get
        {
            lock (Gate)
                return _faults.IsPowerCut;
        }
    }

    /// <summary>Guards everything of this store and its files.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>True once another store has taken over what a crash left. The caller holds the lock.</summary>
    internal bool IsReplaced { get; private set; }

    /// <summary>True when nothing can be done any more. The caller holds the lock.</summary>
    internal bool IsStopped => IsReplaced || _faults.IsPowerCut;

    /// <summary>
    /// Stops the machine and returns the store as it is found when opened again. This one and its files are dead from
    /// then on. Planted faults are gone.
    /// </summary>
    public SimulatedStore Crash(CrashKind kind, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (Gate)
        {
            if (IsReplaced)
                throw SimulatedFaults.PowerIsCut(SimulatedOperation.Any, "a store that has crashed before");
            IsReplaced = true;
            foreach (var names in new[] { _segments, _index })
                Stop(names, kind, random);
            if (_objectInFlight is { } inFlight && random.Next(2) == 0)
                _objects[inFlight.Name] = inFlight.Content;
            return new(this);
        }
    }

    /// <summary>Makes the <paramref name="nth"/> operation of a kind from now on fail: 1 is the next one.</summary>
    public void Fail(SimulatedOperation operation, long nth, StoreFault fault)
    {
        lock (Gate)
            _faults.Arm(operation, nth, fault, stays: false);
    }

    /// <summary>Forgets every failure that was planted and has not come.</summary>
    public void ClearFaults()
    {
        lock (Gate)
            _faults.Clear();
    }

    /// <summary>Like <see cref="Fail"/>, and all later operations of the kind fail too.</summary>
    public void FailFrom(SimulatedOperation operation, long nth, StoreFault fault)
    {
        lock (Gate)
            _faults.Arm(operation, nth, fault, stays: true);
    }

    /// <summary>
    /// Cuts the power in the middle of the <paramref name="nth"/> operation from now on: it and all later ones fail.
    /// <see cref="Crash"/> with <see cref="CrashKind.PowerCut"/> then shows what is left.
    /// </summary>
    public void CutPowerAt(long nth)
    {
        lock (Gate)
            _faults.CutPowerAt(nth);
    }

    /// <inheritdoc/>
    public override int PurgeLost(DateTimeOffset before)
    {
        lock (Gate)
        {
            Begin(SimulatedOperation.PurgeLost, "the lost folder");
            return Purge(_segments, before) + Purge(_index, before);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long> List(StoreArea area)
    {
        lock (Gate)
        {
            Begin(SimulatedOperation.List, area.ToString());
            return [.. NamesOf(area).Live.Where(name => name.Value.LostAt is null).Select(name => name.Key)];
        }
    }

    /// <inheritdoc/>
    public override void SyncNames(StoreArea area)
    {
        lock (Gate)
        {
            CheckNotDisposed();
            if (Enter(SimulatedOperation.SyncNames, area.ToString()) is { } failure)
            {
                if (!IsStopped)
                    NamesOf(area).LoseSync();
                throw failure;
            }

            if (!NamesOf(area).TrySync())
            {
                throw new StoreException(
                    StoreFault.Io, $"An earlier sync of the names of {area} failed: open the store again.");
            }
        }
    }

    /// <inheritdoc/>
    public override void ReleaseReserve()
    {
        lock (Gate)
        {
            CheckNotDisposed();
            CheckRunning(SimulatedOperation.Any, "the reserve");
            if (_isReserveHeld)
                _space.Release(_options.ReserveSizeBytes);
            _isReserveHeld = false;
        }
    }

    /// <inheritdoc/>
    public override bool TryRestoreReserve()
    {
        lock (Gate)
        {
            CheckNotDisposed();
            CheckRunning(SimulatedOperation.Any, "the reserve");
            _isReserveHeld = _isReserveHeld || _space.TryTake(_options.ReserveSizeBytes);
            return _isReserveHeld;
        }
    }

    /// <summary>The name of a file, for messages.</summary>
    internal static string NameOf(StoreArea area, long id) => $"simulated {area} {id:x16}";

    /// <summary>Counts an operation and returns the failure planted for it. The caller holds the lock.</summary>
    internal StoreException? Enter(SimulatedOperation operation, StoreArea area, long id)
    {
        CheckRunning(operation, area, id);
        return _faults.Next(operation, area, id);
    }

    /// <summary>Throws when the machine has stopped. The caller holds the lock.</summary>
    internal void CheckRunning(SimulatedOperation operation, StoreArea area, long id)
    {
        if (IsStopped)
            throw SimulatedFaults.PowerIsCut(operation, NameOf(area, id));
    }

    /// <inheritdoc/>
    protected override StoreFile CreateCore(StoreArea area, long id)
    {
        lock (Gate)
        {
            Begin(SimulatedOperation.Create, area, id);
            if (NamesOf(area).Find(id) is not null)
            {
                throw new StoreException(
                    StoreFault.AlreadyExists, $"{NameOf(area, id)} exists and was to be created: ids are used once.");
            }

            var content = new SimulatedContent(_space);
            NamesOf(area).Set(id, new(content, null));
            return new SimulatedStoreFile(this, content, area, id, isWritable: true);
        }
    }

    /// <inheritdoc/>
    protected override StoreFile OpenCore(StoreArea area, long id, bool writable)
    {
        lock (Gate)
        {
            Begin(SimulatedOperation.Open, area, id);
            return new SimulatedStoreFile(this, Existing(area, id), area, id, writable);
        }
    }

    /// <inheritdoc/>
    protected override void DeleteCore(StoreArea area, long id)
    {
        lock (Gate)
        {
            Begin(SimulatedOperation.Delete, area, id);
            if (NamesOf(area).Find(id) is not { } content)
                return;
            NamesOf(area).Set(id, null);
            content.Unlink();
        }
    }

    /// <inheritdoc/>
    protected override void MoveToLostCore(StoreArea area, long id)
    {
        lock (Gate)
        {
            Begin(SimulatedOperation.MoveToLost, area, id);
            NamesOf(area).Set(id, new(Existing(area, id), _options.Clock.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    protected override byte[]? ReadObjectCore(string name)
    {
        lock (Gate)
        {
            Begin(SimulatedOperation.ReadObject, name);
            return _objects.TryGetValue(name, out var content) ? [.. content] : null;
        }
    }

    /// <inheritdoc/>
    protected override void WriteObjectCore(string name, ReadOnlySpan<byte> content)
    {
        lock (Gate)
        {
            CheckNotDisposed();
            if (Enter(SimulatedOperation.WriteObject, name) is { } failure)
            {
                if (_faults.IsPowerCut)
                    _objectInFlight = (name, content.ToArray());
                throw failure;
            }

            // The old content goes only after the new one is there.
            if (!_space.TryTake(SpaceOf(content.Length)))
                throw new StoreException(StoreFault.NoSpace, $"WriteObject failed on {name}: the device is full.");
            if (_objects.TryGetValue(name, out var replaced))
                _space.Release(SpaceOf(replaced.Length));
            _objects[name] = content.ToArray();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (Gate)
            _isDisposed = true;
        base.Dispose(disposing);
    }

    private static long SpaceOf(int lengthBytes) =>
        (lengthBytes + SimulatedPage.SizeBytes - 1L) / SimulatedPage.SizeBytes * SimulatedPage.SizeBytes;

    private static void Stop(SimulatedNames names, CrashKind kind, Random random)
    {
        if (kind == CrashKind.PowerCut)
            names.CutPower(random);
        else
            names.KillProcess();
        foreach (var content in names.Reachable)
        {
            if (kind == CrashKind.PowerCut)
                content.CutPower(random);
            else
                content.KillProcess();
        }
    }

    private static int Purge(SimulatedNames names, DateTimeOffset before)
    {
        var purged = names.Live.Where(name => name.Value.LostAt is { } lostAt && Second(lostAt) < before).ToArray();
        foreach (var (id, name) in purged)
        {
            names.Set(id, null);
            name.Content.Unlink();
        }

        return purged.Length;
    }

    // A file name in a directory holds whole seconds: both stores answer alike.
    private static DateTimeOffset Second(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private SimulatedNames NamesOf(StoreArea area) => area == StoreArea.Index ? _index : _segments;

    private SimulatedContent Existing(StoreArea area, long id) =>
        NamesOf(area).Find(id)
        ?? throw new StoreException(StoreFault.Missing, $"{NameOf(area, id)} does not exist.");

    private void Begin(SimulatedOperation operation, StoreArea area, long id)
    {
        CheckNotDisposed();
        if (Enter(operation, area, id) is { } failure)
            throw failure;
    }

    private void Begin(SimulatedOperation operation, string subject)
    {
        CheckNotDisposed();
        if (Enter(operation, subject) is { } failure)
            throw failure;
    }

    private StoreException? Enter(SimulatedOperation operation, string subject)
    {
        CheckRunning(operation, subject);
        return _faults.Next(operation, subject);
    }

    private void CheckRunning(SimulatedOperation operation, string subject)
    {
        if (IsStopped)
            throw SimulatedFaults.PowerIsCut(operation, subject);
    }

    private void CheckNotDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);
}
