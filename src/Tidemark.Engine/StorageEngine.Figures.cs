using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Layers;

namespace Tidemark.Engine;

/// <content>
/// Figures for whoever watches from outside. Collecting them takes no lock that is held across I/O, but for the step
/// gate, which is only tried; it walks the structure of layers and the list of segments, never an index.
/// </content>
public sealed partial class StorageEngine
{
    // Far more layers than a disk may have: a loop over structure that others change has a bound.
    private const int LayersCountedMax = 100_000;

    /// <summary>Ids of the disks that a device error has stopped. Cheap, and never waits.</summary>
    public IReadOnlyList<string> FaultedDiskIds =>
        [.. _disks.Where(pair => pair.Value.IsFaulted).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>Bytes that a writer can still allocate.</summary>
    public long FreeBytes => _store.FreeBytes;

    /// <summary>
    /// The figures of now; null while a step of background work is running, when the caller goes on with those of last
    /// time.
    /// </summary>
    /// <exception cref="Stores.StoreException">The store does not say how much room it has.</exception>
    public EngineFigures? TryCollectFigures()
    {
        if (!_stepGate.TryEnter())
        {
            return null;
        }

        try
        {
            return CollectFigures();
        }
        finally
        {
            _stepGate.Exit();
        }
    }

    private EngineFigures CollectFigures()
    {
        var segmentBytes = new Dictionary<string, long>(StringComparer.Ordinal);
        var deadBytes = new Dictionary<string, long>(StringComparer.Ordinal);
        var segmentCount = 0;
        foreach (var (_, row) in _segments)
        {
            segmentCount++;
            Add(segmentBytes, row.DiskId, row.LengthBytes);
            Add(deadBytes, row.DiskId, row.IsRetired ? row.LengthBytes : 0);
        }

        foreach (var (segmentId, slotCount) in _reclaim.DeadSlotCounts)
        {
            if (_segments.TryGetValue(segmentId, out var row) && !row.IsRetired)
            {
                Add(deadBytes, row.DiskId, slotCount << Blocks.SizeShift);
            }
        }

        var (layerCount, foldCount, mergeCount) = CountLayers();
        var unpublishedCount = _disks.Sum(pair => pair.Value.Log.UnpublishedCount);
        var disks = _diskRows.Select(pair => FiguresOf(pair.Value, segmentBytes, deadBytes))
            .OrderBy(disk => disk.DiskId, StringComparer.Ordinal).ToArray();
        return new EngineFigures
        {
            FreeBytes = _store.FreeBytes,
            CapacityBytes = _store.CapacityBytes,
            LayerCount = layerCount,
            SegmentCount = segmentCount + unpublishedCount,
            SegmentBytes = disks.Sum(disk => disk.SegmentBytes),
            PendingBytes = _reclaim.PendingBytes,
            RemovalCount = _reclaim.QueuedCount,
            FoldCount = foldCount,
            MergeCount = mergeCount,
            UnpublishedCount = unpublishedCount,
            MapBytes = _map.UsedBytes,
            MapBudgetBytes = _options.MapBudgetBytes,
            Disks = disks,
        };
    }

    private DiskFigures FiguresOf(
        DiskRow row, Dictionary<string, long> segmentBytes, Dictionary<string, long> deadBytes)
    {
        var disk = _disks.GetValueOrDefault(row.DiskId);
        var head = disk?.Log.Head ?? _layers.GetValueOrDefault(row.HeadLayerId);
        return new DiskFigures
        {
            DiskId = row.DiskId,
            SizeBytes = disk?.SizeBytes ?? row.SizeBytes,
            LayerCount = DepthOf(head),
            SegmentBytes = segmentBytes.GetValueOrDefault(row.DiskId) + (disk?.Log.UnpublishedBytes ?? 0),
            DeadBytes = deadBytes.GetValueOrDefault(row.DiskId),
            UnsyncedBytes = disk?.Log.UnsyncedBytes ?? 0,
            IsOpen = disk is not null,
            IsFaulted = disk is { IsFaulted: true },
        };
    }

    // Structure is read without its gates, as it is at some moment: these are figures, nothing is decided by them.
    private (int Count, int FoldCount, int MergeCount) CountLayers()
    {
        var (count, foldCount, mergeCount) = (0, 0, 0);
        foreach (var (_, layer) in _layers)
        {
            count++;
            foldCount += layer is { IsSealed: true, IsRoot: false, Children.Count: < 2 } ? 1 : 0;
            mergeCount += layer is { IsSealed: true, LoadedIndex.Runs.Length: > 1 } ? 1 : 0;
        }

        return (count, foldCount, mergeCount);
    }

    private static int DepthOf(Layer? layer)
    {
        var depth = 0;
        for (; layer is not null && depth < LayersCountedMax; layer = layer.Parent)
        {
            depth++;
        }

        return depth;
    }

    private static void Add(Dictionary<string, long> sums, string diskId, long bytes) =>
        sums[diskId] = sums.GetValueOrDefault(diskId) + bytes;
}
