namespace Tidemark.Engine.Catalog;

/// <summary>
/// A catalog in memory, for the simulator: every commit is durable at once, and the next one can be made to fail. What
/// was committed outlives the engine that used it, as a file would.
/// </summary>
public sealed class MemoryCatalog : EngineCatalog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DiskRow> _disks = [];
    private readonly Dictionary<long, LayerRow> _layers = [];
    private readonly Dictionary<(long Layer, long Run, long Block), ChunkRow> _chunks = [];
    private readonly Dictionary<long, SegmentRow> _segments = [];
    private CounterRow _counters = new(1, 1, 1, 0);
    private long _generation;

    /// <summary>Makes an empty catalog for a store.</summary>
    public MemoryCatalog(Guid storeId)
    {
        StoreId = storeId;
    }

    /// <summary>A catalog of its own with the same content, as a copy of a file would be.</summary>
    public MemoryCatalog Copy()
    {
        lock (_gate)
        {
            var copy = new MemoryCatalog(StoreId) { _counters = _counters, _generation = _generation };
            CopyRows(_disks, copy._disks);
            CopyRows(_layers, copy._layers);
            CopyRows(_chunks, copy._chunks);
            CopyRows(_segments, copy._segments);
            return copy;
        }
    }

    /// <summary>Called after each commit, before it returns; null for nobody.</summary>
    public Action? Committed { get; set; }

    /// <inheritdoc/>
    public override Guid StoreId { get; }

    /// <inheritdoc/>
    public override long Generation => Volatile.Read(ref _generation);

    /// <summary>Commits until one fails; negative for never.</summary>
    public int CommitsUntilFailure { get; set; } = -1;

    /// <inheritdoc/>
    public override IReadOnlyList<DiskRow> LoadDisks()
    {
        lock (_gate)
        {
            return [.. _disks.Values.OrderBy(row => row.DiskId, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<LayerRow> LoadLayers()
    {
        lock (_gate)
        {
            return [.. _layers.Values.OrderBy(row => row.LayerId)];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ChunkRow> LoadChunks(long layerId)
    {
        lock (_gate)
        {
            return
            [
                .. _chunks.Values.Where(row => row.LayerId == layerId)
                    .OrderByDescending(row => row.RunNumber).ThenBy(row => row.FirstBlock),
            ];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentRow> LoadSegments()
    {
        lock (_gate)
        {
            return [.. _segments.Values.OrderBy(row => row.SegmentId)];
        }
    }

    /// <inheritdoc/>
    public override CounterRow LoadCounters()
    {
        lock (_gate)
        {
            return _counters;
        }
    }

    /// <inheritdoc/>
    public override void Commit(Action<CatalogTransaction> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_gate)
        {
            var transaction = new Transaction(_generation + 1);
            changes(transaction);
            if (CommitsUntilFailure == 0)
            {
                CommitsUntilFailure = -1;
                throw new IOException("The commit was made to fail.");
            }

            CommitsUntilFailure -= CommitsUntilFailure > 0 ? 1 : 0;
            foreach (var change in transaction.Changes)
            {
                change(this);
            }

            _generation++;
            Committed?.Invoke();
        }
    }

    private static void CopyRows<TKey, TRow>(Dictionary<TKey, TRow> from, Dictionary<TKey, TRow> to)
        where TKey : notnull
    {
        foreach (var (key, row) in from)
        {
            to.Add(key, row);
        }
    }

    private sealed class Transaction(long generation) : CatalogTransaction
    {
        public List<Action<MemoryCatalog>> Changes { get; } = [];

        public override long Generation => generation;

        public override void Put(DiskRow row) => Changes.Add(catalog => catalog._disks[row.DiskId] = row);

        public override void Put(LayerRow row) => Changes.Add(catalog => catalog._layers[row.LayerId] = row);

        public override void Put(ChunkRow row) =>
            Changes.Add(catalog => catalog._chunks[(row.LayerId, row.RunNumber, row.FirstBlock)] = row);

        public override void Put(SegmentRow row) => Changes.Add(catalog => catalog._segments[row.SegmentId] = row);

        public override void Put(CounterRow row) => Changes.Add(catalog => catalog._counters = row);

        public override void UpdateDisk(string diskId, Func<DiskRow, DiskRow> change) =>
            Changes.Add(catalog => catalog._disks[diskId] = change(RowOf(catalog._disks, diskId)));

        public override void UpdateLayer(long layerId, Func<LayerRow, LayerRow> change) =>
            Changes.Add(catalog => catalog._layers[layerId] = change(RowOf(catalog._layers, layerId)));

        public override void DeleteDisk(string diskId) => Changes.Add(catalog => catalog._disks.Remove(diskId));

        public override void DeleteLayer(long layerId) => Changes.Add(catalog =>
        {
            catalog._layers.Remove(layerId);
            catalog.RemoveChunks(row => row.LayerId == layerId);
        });

        public override void DeleteRun(long layerId, long runNumber) => Changes.Add(catalog =>
            catalog.RemoveChunks(row => row.LayerId == layerId && row.RunNumber == runNumber));

        private static TRow RowOf<TKey, TRow>(Dictionary<TKey, TRow> rows, TKey key)
            where TKey : notnull =>
            rows.TryGetValue(key, out var row)
                ? row
                : throw new InvalidOperationException($"The catalog has no {typeof(TRow).Name} {key} to update.");

        public override void DeleteSegment(long segmentId) =>
            Changes.Add(catalog => catalog._segments.Remove(segmentId));
    }

    private void RemoveChunks(Func<ChunkRow, bool> matches)
    {
        foreach (var row in _chunks.Values.Where(matches).ToArray())
        {
            _chunks.Remove((row.LayerId, row.RunNumber, row.FirstBlock));
        }
    }
}
