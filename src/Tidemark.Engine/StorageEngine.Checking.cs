using Tidemark.Engine.Check;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>Checking: everything reachable is read and compared, on a live store.</content>
public sealed partial class StorageEngine
{
    private const long CheckPieceBlocks = 16 * 1024;

    /// <summary>
    /// Verifies everything reachable: indexes, every data block's checksum, and that the references counted for reclaim
    /// equal those recounted. Reads at most 64 MiB between two points at which reclaim may go on.
    /// </summary>
    public CheckReport Check(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var tally = new CheckTally(progress);
        Family[] families;
        lock (_families)
        {
            families = [.. _families];
        }

        foreach (var layer in families.SelectMany(family => { EnsureRecovered(family); return LayersOf(family); }))
        {
            CheckLayer(layer, tally, cancellation);
        }

        CheckReferences(tally);
        foreach (var segmentId in _segments.Keys)
        {
            tally.SegmentCount++;
            tally.AllocatedBytes += AllocatedBytes(StoreArea.Segments, segmentId);
        }

        foreach (var chunkId in _store.List(StoreArea.Index))
        {
            tally.AllocatedBytes += AllocatedBytes(StoreArea.Index, chunkId);
        }

        return tally.ToReport();
    }

    // Every listed segment is needed by some layer, or on its way out; what reclaim counted equals what is counted
    // anew.
    private void CheckReferences(CheckTally tally)
    {
        lock (_stepGate)
        {
            var needed = new HashSet<long>();
            var listed = _segments.ToArray();
            foreach (var layer in _layers.Values)
            {
                needed.UnionWith(RecountReferences(layer, tally));
            }

            foreach (var (segmentId, row) in listed)
            {
                if (!row.IsRetired && !needed.Contains(segmentId) && _segments.TryGetValue(segmentId, out var now)
                    && !now.IsRetired)
                {
                    tally.AddProblem(
                        $"Segment {segmentId} of disk {row.DiskId} is listed and no layer needs it: its space is " +
                        "lost. Run 'tidemark repair'.");
                }
            }
        }
    }

    private Dictionary<long, long>.KeyCollection RecountReferences(Layer layer, CheckTally tally)
    {
        var recounted = new Dictionary<long, long>();
        try
        {
            lock (layer.Family.IndexGate)
            {
                foreach (var run in IndexOf(layer).Runs)
                {
                    AddReferences(recounted, ((ChunkRun)run).Chunks, +1);
                }

                CompareReferences(layer, recounted, tally);
            }
        }
        catch (Exception e) when (e is StoreException or CorruptionException)
        {
            tally.AddProblem($"The index of layer {layer.Id} (disk {layer.DiskId}) cannot be counted: {e.Message}");
        }

        return recounted.Keys;
    }

    private static void CompareReferences(Layer layer, Dictionary<long, long> recounted, CheckTally tally)
    {
        if (layer.SegmentReferences is not { } counted)
        {
            return;
        }

        foreach (var segmentId in recounted.Keys.Union(counted.Keys))
        {
            var found = counted.GetValueOrDefault(segmentId);
            var expected = recounted.GetValueOrDefault(segmentId);
            if (found != expected)
            {
                tally.AddProblem(
                    $"Layer {layer.Id} counts {found} references to segment {segmentId}; recounted are {expected}.");
            }
        }
    }

    private long AllocatedBytes(StoreArea area, long id)
    {
        try
        {
            using var file = _store.Open(area, id, writable: false);
            return file.AllocatedBytes;
        }
        catch (StoreException e) when (e.Fault == StoreFault.Missing)
        {
            return 0;
        }
    }

    private void CheckLayer(Layer layer, CheckTally tally, CancellationToken cancellation)
    {
        var block = 0L;
        while (block >= 0 && !layer.IsGone)
        {
            cancellation.ThrowIfCancellationRequested();
            var token = _epoch.Enter();
            try
            {
                block = CheckFrom(layer, block, tally);
            }
            catch (Exception e) when (e is StoreException or CorruptionException)
            {
                tally.AddProblem($"The index of layer {layer.Id} (disk {layer.DiskId}): {e.Message}");
                return;
            }
            finally
            {
                _epoch.Exit(token);
            }
        }
    }

    // Returns the block to go on from, or -1 at the end of the layer.
    private long CheckFrom(Layer layer, long fromBlock, CheckTally tally)
    {
        var left = CheckPieceBlocks;
        using var cursor = new LayerCursor(IndexOf(layer).AllRuns(), fromBlock);
        while (cursor.MoveNext())
        {
            ref readonly var extent = ref cursor.Current;
            tally.ExtentsVerified++;
            if (!extent.IsZero)
            {
                CheckData(layer, extent, cursor.CurrentCrcs, tally);
                left -= extent.BlockCount;
            }

            if (left <= 0)
            {
                return extent.EndBlock;
            }
        }

        return -1;
    }

    private void CheckData(Layer layer, in Extent extent, ReadOnlySpan<uint> crcs, CheckTally tally)
    {
        try
        {
            var file = _files.Borrow(extent.SegmentId);
            try
            {
                var buffer = tally.BufferFor(extent.BlockCount);
                var offset = SegmentLayout.OffsetOf(extent.Slot);
                var read = file.File.Read(offset, buffer);
                buffer[read..].Clear();
                tally.AddBlocks(extent.BlockCount);
                var wrong = Crc32C.FirstMismatch(buffer, crcs);
                if (wrong >= 0)
                {
                    var found = Crc32C.Compute(buffer.Slice(wrong << Blocks.SizeShift, Blocks.SizeBytes));
                    tally.AddProblem($"{file.File.Name} at byte {offset + ((long)wrong << Blocks.SizeShift)}: block "
                        + $"{extent.FirstBlock + wrong} of layer {layer.Id} (disk {layer.DiskId}): expected CRC32C "
                        + $"{crcs[wrong]:x8}, found {found:x8}.");
                }
            }
            finally
            {
                _files.Return(file);
            }
        }
        catch (StoreException e)
        {
            tally.AddProblem(
                $"Blocks {extent.FirstBlock} to {extent.EndBlock - 1} of layer {layer.Id} (disk {layer.DiskId}): " +
                $"{e.Message}");
        }
    }
}
