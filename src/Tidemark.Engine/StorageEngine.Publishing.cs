using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Log;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>
/// Publishing: a complete segment gets its footer, becomes durable, and is listed in the catalog as a run of its layer.
/// Segments of a disk are published in their order, so that what the catalog lists is a prefix of the log.
/// </content>
public sealed partial class StorageEngine
{
    // Publishes the oldest complete segment of a disk; false when there is none.
    private bool PublishOldest(EngineDisk disk, Layer? except = null)
    {
        lock (disk.PublishGate)
        {
            if (disk.Log.OldestComplete() is not { } segment || segment.Layer == except || disk.IsFaulted)
            {
                return false;
            }

            if (!disk.Log.FlushThrough(segment.LastReserved))
            {
                return false;
            }

            var dead = new List<DeadRange>();
            try
            {
                Publish(disk, segment, WriteFooter(segment, dead));
            }
            catch (StoreException e) when (e.Fault != StoreFault.NoSpace)
            {
                disk.Log.Fault(e.Message);
                return false;
            }

            if (!_segments[segment.Id].IsRetired)
            {
                _reclaim.Hide([.. dead, .. segment.HeaderSlots]);
            }

            return true;
        }
    }

    private void PublishAll(EngineDisk disk, Layer? except = null)
    {
        try
        {
            while (PublishOldest(disk, except))
            {
            }
        }
        catch (StoreException e) when (e.Fault == StoreFault.NoSpace)
        {
            _store.ReleaseReserve();
            while (PublishOldest(disk, except))
            {
            }
        }
    }

    private static ChunkRow? WriteFooter(LogSegment segment, List<DeadRange> dead)
    {
        var flat = segment.Flatten(dead);
        var file = segment.File.File;
        var end = SegmentLayout.OffsetOf(segment.NextSlot);
        var row = FooterWriter.Write(file, end, flat, segment.Layer.Id, segment.FirstSequence,
            (segment.FirstSequence, segment.LastReserved));
        file.Truncate(file.LengthBytes);
        file.Sync();
        return flat.Count == 0 ? null : row;
    }

    private void Publish(EngineDisk disk, LogSegment segment, ChunkRow? footer)
    {
        var layer = segment.Layer;
        var segmentRow = new SegmentRow(disk.DiskId, segment.Id, segment.File.File.LengthBytes, footer is null);
        lock (layer.Family.IndexGate)
        {
            RequireCommitted(layer);
            var row = footer is null ? null : footer with { RunNumber = NewestRunNumber(IndexOf(layer)) + 1 };
            var run = row is null ? null : RunOf([row]);
            var references = layer.SegmentReferences is null ? null : new Dictionary<long, long>();
            if (run is not null && references is not null)
            {
                AddReferences(references, run.Chunks, +1);
            }

            _catalog.Commit(transaction =>
            {
                transaction.Put(segmentRow);
                if (row is not null)
                {
                    transaction.Put(row);
                }

                transaction.UpdateDisk(disk.DiskId, known => known with
                {
                    PublishedSequence = segment.LastReserved,
                    LastSegmentId = segment.Id,
                    BootGeneration = disk.BootGeneration,
                });
            });
            MoveReferences(references, layer.SegmentReferences);
            _segments[segment.Id] = segmentRow;
            layer.Update(index => index.WithPublished(segment, run));
            RememberPublished(disk, segment);
            layer.Family.Touch();
        }

        disk.Log.Published(segment);
        _files.Return(segment.File);
        if (footer is null)
        {
            _reclaim.RetireSegments([segment.Id]);
        }
    }

    // A layer that a cut makes is published only once that cut is committed.
    private void RequireCommitted(Layer layer)
    {
        lock (layer.Family.Gate)
        {
            if (layer.IsGone || !_layers.ContainsKey(layer.Id))
            {
                throw new EngineException(EngineFault.Conflict,
                    $"Layer {layer.Id} was dropped while it was published.");
            }
        }
    }

    private void RememberPublished(EngineDisk disk, LogSegment segment)
    {
        lock (segment.Layer.Family.Gate)
        {
            disk.PublishedSequence = segment.LastReserved;
            disk.PublishedSegmentId = segment.Id;
            RememberRow(disk, disk.Log.Head);
        }
    }

    private static long NewestRunNumber(LayerIndex index) => index.Runs.Length == 0 ? 0 : index.Runs[0].RunNumber;

    private static void AddReferences(Dictionary<long, long> references, IEnumerable<Chunk> chunks, int sign)
    {
        foreach (var chunk in chunks)
        {
            chunk.AddSegmentReferences(references, sign);
            if (chunk.Row.IsFooter)
            {
                references[chunk.Row.ObjectId] = references.GetValueOrDefault(chunk.Row.ObjectId) + sign;
            }
        }
    }

    private static void MoveReferences(Dictionary<long, long>? from, Dictionary<long, long>? to)
    {
        foreach (var (segmentId, count) in from ?? [])
        {
            if (to is not null)
            {
                to[segmentId] = to.GetValueOrDefault(segmentId) + count;
            }
        }
    }

    private Dictionary<long, long> ReferencesUnderGate(Layer layer)
    {
        lock (layer.Family.IndexGate)
        {
            return ReferencesOf(layer);
        }
    }

    // For each segment that the layer's published runs need: how many times. Under the index gate.
    private Dictionary<long, long> ReferencesOf(Layer layer)
    {
        if (layer.SegmentReferences is null)
        {
            var references = new Dictionary<long, long>();
            foreach (var run in IndexOf(layer).Runs)
            {
                AddReferences(references, ((ChunkRun)run).Chunks, +1);
            }

            layer.SegmentReferences = references;
        }

        return layer.SegmentReferences;
    }

    // What the open layer holds is forgotten, to be replayed; tails of sealed layers stay, since snapshots read them.
    private void ForgetUnpublished(EngineDisk disk, DiskRow row)
    {
        var head = disk.Log.Head;
        lock (head.Family.IndexGate)
        {
            lock (head.Family.Gate)
            {
                UndoUncommittedFlips(head, row);
            }
        }

        foreach (var segment in disk.Log.TakeUnpublished())
        {
            _files.Forget(segment.Id);
            if (!segment.Layer.IsSealed || segment.Layer.IsGone)
            {
                segment.Layer.Update(index => index.WithPublished(segment, null));
                _files.Return(segment.File);
            }
        }
    }

    // Publishes everything below the head, so that the rest of the log may be dropped.
    private void PublishBelow(EngineDisk disk, Layer head)
    {
        PublishAll(disk, except: head);
        if (disk.Log.HasUnpublishedBelow(head))
        {
            throw new EngineException(EngineFault.Faulted,
                $"Disk {disk.DiskId} holds snapshots that could not be published; see the log for the device error.");
        }
    }

    // A cut that flipped and never committed is undone by treating both layers as one: the lower one is open again.
    private void UndoUncommittedFlips(Layer head, DiskRow row)
    {
        while (head.Id != row.HeadLayerId)
        {
            var below = head.LoadedIndex?.Parent ?? throw new EngineException(EngineFault.CatalogMismatch,
                $"Disk {row.DiskId}: layer {row.HeadLayerId} of the catalog is not below layer {head.Id}. Restart " +
                "the server.");
            head.Detach();
            head.Family.Layers.Remove(head);
            _layers.TryRemove(head.Id, out _);
            below.IsSealed = false;
            below.IsHead = true;
            below.IsUncommitted = false;
            below.LastSequence = long.MaxValue;
            head = below;
        }
    }

    private void DropUnpublished(EngineDisk disk)
    {
        var dropped = disk.Log.TakeUnpublished();
        foreach (var segment in dropped)
        {
            _files.Return(segment.File);
        }

        _reclaim.RemoveUnlisted([.. dropped.Select(segment => segment.Id)]);
    }
}
