using System.Collections.Concurrent;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Log;
using Tidemark.Engine.Map;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <summary>
/// Disks, snapshots and clones as trees of layers over a store. Owns neither store nor catalog; starts no thread and
/// reads no clock: background work is <see cref="Step"/>. Safe for concurrent use.
/// Every delegate named <c>commitWith</c> runs inside the catalog transaction that commits the operation.
/// </summary>
public sealed partial class StorageEngine : IDisposable
{
    /// <summary>The smallest disk: 1 GiB.</summary>
    public const long DiskSizeBytesMin = 1L << 30;

    /// <summary>The largest disk: 32 TiB.</summary>
    public const long DiskSizeBytesMax = 1L << 45;

    private const int RemovalsAtClose = 64;

    private readonly Store _store;
    private readonly EngineCatalog _catalog;
    private readonly EngineOptions _options;
    private readonly RegionMap _map;
    private readonly SegmentFiles _files;
    private readonly ReadEpoch _epoch = new();
    private readonly ChunkFiles _chunks;
    private readonly IdSource _ids;
    private readonly ReclaimQueue _reclaim;
    private readonly ConcurrentDictionary<long, Layer> _layers = new();
    private readonly ConcurrentDictionary<string, DiskRow> _diskRows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, EngineDisk> _disks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, SegmentRow> _segments = new();
    private readonly List<Family> _families = [];
    private readonly Lock _openGate = new();
    private readonly Lock _stepGate = new();
    private readonly long _firstLayerId;
    private readonly long _firstChunkId;
    private bool _isDisposed;

    private StorageEngine(Store store, EngineCatalog catalog, EngineOptions options)
    {
        _store = store;
        _catalog = catalog;
        _options = options;
        _map = new RegionMap(options.MapBudgetBytes);
        _files = new SegmentFiles(store);
        _ids = MakingRoom(() => new IdSource(catalog));
        _firstLayerId = _ids.NextLayerId();
        _firstChunkId = _ids.NextChunkId();
        _chunks = new ChunkFiles(store, _files.Read, _ids.NextChunkId);
        _reclaim = new ReclaimQueue(store, catalog, _files, _chunks, _epoch);
        Reader = new ViewReader(_map, _files, _epoch, IndexOf, Say);
        LoadStructure();
        BeginSession();
        FindUnknownSegments();
    }

    /// <summary>Opens the engine. Disks recover at their first <see cref="OpenDisk"/>.</summary>
    /// <exception cref="EngineException">The catalog does not fit the store.</exception>
    public static StorageEngine Open(Store store, EngineCatalog catalog, EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new StorageEngine(store, catalog, options);
    }

    /// <summary>All disks' ids.</summary>
    public IReadOnlyList<string> DiskIds => [.. _diskRows.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Figures for status pages.</summary>
    public EngineStatistics Statistics => new(
        _diskRows.Count, _layers.Count, _segments.Count, _reclaim.PendingBytes, _map.UsedBytes);

    /// <summary>Reads for all views.</summary>
    internal ViewReader Reader { get; }

    /// <summary>A read-only view of a sealed layer, pinned until disposed.</summary>
    public LayerView OpenView(long layerId)
    {
        var layer = PinSealed(layerId);
        return new LayerView(this, layer, _map.NewViewId());
    }

    /// <summary>The size of the disk when the layer was sealed.</summary>
    public long LayerSizeBytes(long layerId) => SealedLayer(layerId).SizeBytes;

    /// <summary>Flushes and publishes what is open, so that the next start has nothing to replay.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        lock (_stepGate)
        {
            foreach (var disk in _disks.Values)
            {
                CloseQuietly(disk);
            }

            AbandonCompaction();
            RemoveWhatIsReady();
            EndSession();
        }

        _reclaim.Dispose();
        _chunks.Dispose();
        _files.Dispose();
        _map.Dispose();
    }

    /// <summary>Lets a view's layer go.</summary>
    internal static void Unpin(Layer layer)
    {
        lock (layer.Family.Gate)
        {
            layer.PinCount--;
            layer.Family.Touch();
        }
    }

    /// <summary>A layer's index, loaded when this is its first use.</summary>
    internal LayerIndex IndexOf(Layer layer)
    {
        if (layer.LoadedIndex is { } loaded)
        {
            return loaded;
        }

        lock (layer.Family.Gate)
        {
            return layer.LoadedIndex ?? layer.SetLoaded(new LayerIndex([], RunsOf(LoadChunks(layer.Id)), layer.Parent));
        }
    }

    // A catalog that cannot be read is to a reader what a device is that cannot.
    private IReadOnlyList<ChunkRow> LoadChunks(long layerId)
    {
        try
        {
            return _catalog.LoadChunks(layerId);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StoreException))
        {
            throw new StoreException(StoreFault.Io,
                $"The catalog could not be read for layer {layerId}: {e.Message}", e);
        }
    }

    // What cannot be published now is replayed by the next start.
    private void CloseQuietly(EngineDisk disk)
    {
        try
        {
            disk.Log.Close();
            PublishAll(disk);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Say(true,
                $"Disk {disk.DiskId} could not be published at the close: {e.Message} The next start replays its log.");
        }
    }

    // What cannot be removed now is found again by the next start.
    private void RemoveWhatIsReady()
    {
        try
        {
            for (var i = 0; i < RemovalsAtClose; i++)
            {
                if (!_reclaim.Step(isIdle: false, id => _segments.TryRemove(id, out _)))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Say(false, $"Space could not be given back at the close: {e.Message} The next start goes on with it.");
        }
    }

    private Run[] RunsOf(IReadOnlyList<ChunkRow> rows) =>
    [
        .. rows.GroupBy(row => row.RunNumber).OrderByDescending(run => run.Key).Select(run => RunOf([.. run])),
    ];

    private ChunkRun RunOf(IReadOnlyList<ChunkRow> rows) =>
        new(rows[0].RunNumber, rows.OrderBy(row => row.FirstBlock), _chunks);

    private Layer PinSealed(long layerId)
    {
        var layer = SealedLayer(layerId);
        lock (layer.Family.Gate)
        {
            // A layer that no name needs is already being folded or thinned: it may not be built upon any more.
            if (layer.IsGone || !layer.IsRoot)
            {
                throw NoSuchLayer(layerId);
            }

            layer.PinCount++;
            return layer;
        }
    }

    private Layer SealedLayer(long layerId)
    {
        if (!_layers.TryGetValue(layerId, out var layer) || layer.IsGone)
        {
            throw NoSuchLayer(layerId);
        }

        EnsureRecovered(layer.Family);
        return layer.IsSealed
            ? layer
            : throw new EngineException(EngineFault.Conflict,
                $"Layer {layerId} is open; only sealed layers can be used so.");
    }

    private static EngineException NoSuchLayer(long layerId) =>
        new(EngineFault.NotFound,
            $"There is no layer {layerId}: the snapshot was deleted, or belongs to another store.");

    private void Say(bool isError, string text) => _options.Log?.Invoke(new EngineMessage(isError, text));

    private void LoadStructure()
    {
        var families = new Dictionary<long, Family>();
        foreach (var row in _catalog.LoadLayers().OrderBy(row => row.LayerId))
        {
            // Parents have lower ids than their children, except after a fold, which only ever moves a layer down.
            var parent = row.ParentLayerId == 0 ? null : _layers.GetValueOrDefault(row.ParentLayerId)
                ?? throw new EngineException(EngineFault.CatalogMismatch,
                    $"Layer {row.LayerId} names parent {row.ParentLayerId}, which the catalog does not have. Run " +
                    "'tidemark repair'.");
            var family = parent?.Family ?? new Family(row.LayerId);
            families.TryAdd(family.Id, family);
            var layer = new Layer(family, row.LayerId, row.DiskId, parent, null)
            {
                IsSealed = row.IsSealed,
                NameCount = row.NameCount,
                FirstSequence = row.FirstSequence,
                LastSequence = row.LastSequence,
                SizeBytes = row.SizeBytes,
            };
            family.Layers.Add(layer);
            _layers[layer.Id] = layer;
        }

        foreach (var row in _catalog.LoadDisks())
        {
            _diskRows[row.DiskId] = row;
            if (!_layers.TryGetValue(row.HeadLayerId, out var head))
            {
                throw new EngineException(EngineFault.CatalogMismatch,
                    $"Disk {row.DiskId} names layer {row.HeadLayerId}, which the catalog does not have. Run " +
                    "'tidemark repair'.");
            }

            head.IsHead = true;
        }

        _families.AddRange(families.Values);
    }
}
