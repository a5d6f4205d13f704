using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>
/// The sweep: what a process that died knew to be dead is found again by looking. Runs once for each layer after a
/// start, when nobody writes: slots that are allocated and that the layer's index does not refer to are dead; index
/// files that no row names go to the lost folder.
/// </content>
public sealed partial class StorageEngine
{
    private const int SegmentsSweptAtOnce = 4096;

    private readonly HashSet<long> _sweptLayers = [];
    private bool _areChunksSwept;

    // Under the step gate. False when everything has been swept.
    private bool Sweep()
    {
        if (!_areChunksSwept)
        {
            _areChunksSwept = true;
            SweepChunks();
            return true;
        }

        foreach (var layer in _layers.Values)
        {
            if (layer.Id < _firstLayerId && !_sweptLayers.Contains(layer.Id))
            {
                SweepLayer(layer);
                _sweptLayers.Add(layer.Id);
                return true;
            }
        }

        return false;
    }

    private void SweepLayer(Layer layer)
    {
        long[] segments;
        lock (layer.Family.IndexGate)
        {
            segments = [.. ReferencesOf(layer).Keys];
        }

        foreach (var some in segments.Where(_segments.ContainsKey).Order().Chunk(SegmentsSweptAtOnce))
        {
            var live = some.Where(IsWorthSweeping).ToDictionary(id => id, _ => new DeadSlots());
            if (live.Count > 0)
            {
                MarkLive(layer, live);
                _reclaim.Hide([.. live.SelectMany(pair => DeadOf(pair.Key, pair.Value))]);
            }
        }
    }

    private bool IsWorthSweeping(long segmentId)
    {
        using var file = _store.Open(StoreArea.Segments, segmentId, writable: false);
        return FooterReader.TryRead(file, out _) is not null;
    }

    private void MarkLive(Layer layer, Dictionary<long, DeadSlots> live)
    {
        var runs = IndexOf(layer).Runs;
        foreach (var run in runs)
        {
            using var cursor = run.OpenCursor(0);
            while (cursor.MoveNext())
            {
                if (live.TryGetValue(cursor.Current.SegmentId, out var slots))
                {
                    slots.Add(cursor.Current.Slot, cursor.Current.BlockCount);
                }
            }
        }
    }

    private List<DeadRange> DeadOf(long segmentId, DeadSlots live)
    {
        var dead = new List<DeadRange>();
        using var file = _store.Open(StoreArea.Segments, segmentId, writable: false);
        if (FooterReader.TryRead(file, out _) is not { } footer)
        {
            return dead;
        }

        // The header block of the segment itself, in slot 0, stays.
        var end = (int)(footer.Trailer.ChunkOffsetBytes >> Blocks.SizeShift);
        var from = 1;
        while (from < end)
        {
            var hasLive = live.TryTakeRun(from, 1, out var slot, out var count);
            var deadEnd = hasLive ? Math.Min(slot, end) : end;
            if (deadEnd > from)
            {
                dead.Add(new DeadRange(segmentId, from, deadEnd - from));
            }

            from = hasLive ? slot + count : end;
        }

        return dead;
    }

    private void SweepChunks()
    {
        var present = _store.List(StoreArea.Index);
        var named = new HashSet<long>();
        foreach (var layer in _layers.Values)
        {
            foreach (var row in _catalog.LoadChunks(layer.Id))
            {
                named.Add(row.IsFooter ? 0 : row.ObjectId);
            }
        }

        var lost = present.Where(id => id < _firstChunkId && !named.Contains(id)).ToArray();
        foreach (var id in lost)
        {
            _store.MoveToLost(StoreArea.Index, id);
        }

        if (lost.Length > 0)
        {
            _store.SyncNames(StoreArea.Index);
            Say(false, $"{lost.Length} index file(s) that no layer refers to were moved to the lost folder.");
        }
    }
}
