using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>
/// Compaction: segments with little left alive, and small ones, are rewritten into full ones. One at a time for the
/// engine, a piece in each step; see <see cref="Compaction"/> for what must hold.
/// </content>
public sealed partial class StorageEngine
{
    // An open layer changes all the time: while somebody writes it is looked at after so many changes.
    private const int ChangesBetweenSearches = 8;
    private const int CompactionFailuresMax = 16;
    private const int DamagedSegmentsMax = 65_536;

    // What a look at a chunk's directory and segment table reads, about.
    private const long ChunkSearchBytes = 16 << 10;

    private readonly HashSet<long> _damagedSegments = [];
    private Compaction? _compaction;
    private int _compactionFailureCount;

    /// <summary>Bytes that compaction has moved since the engine was opened.</summary>
    public long CompactedBytes { get; private set; }

    // Under the step gate. False when there is nothing to compact in the family, or another one's turn.
    private bool Compact(Family family, bool isIdle, ref long left)
    {
        if (_compaction is { } overtaken && IsOvertaken(overtaken))
        {
            AbandonCompaction();
        }

        if (_compaction is { } running)
        {
            // Looked at again once the other family's is done.
            family.Touch();
            return running.Layer.Family == family && Continue(running, ref left);
        }

        if (_compactionFailureCount >= CompactionFailuresMax || _options.Compaction.LivePercentMin == 0)
        {
            return false;
        }

        foreach (var layer in LayersOf(family))
        {
            if (layer != _merge?.Layer && IsSearchDue(layer, isIdle) && TryPlan(layer, ref left) is { } plan)
            {
                _compaction = Begin(layer, plan);
                return Continue(_compaction, ref left);
            }
        }

        return false;
    }

    // A merge of runs that are being rewritten would make all that work be for nothing.
    private bool IsBeingCompacted(Run[] inputs) => _compaction is { } running && running.Inputs.Any(inputs.Contains);

    private static bool IsSearchDue(Layer layer, bool isIdle)
    {
        if (layer.IsGone || layer.LoadedIndex is not { Runs.Length: > 0 } index)
        {
            return false;
        }

        var changes = layer.Version - layer.CompactionSearchVersion;
        if (isIdle || (layer.IsSealed && index.Tail.Length == 0))
        {
            return changes > 0 && index.Runs.Length == 1;
        }

        return changes >= ChangesBetweenSearches && layer.SegmentReferences is not null;
    }

    private CompactionPlan? TryPlan(Layer layer, ref long left)
    {
        try
        {
            Run[] runs;
            SegmentLiveness[] segments;
            lock (layer.Family.IndexGate)
            {
                layer.CompactionSearchVersion = layer.Version;
                runs = IndexOf(layer).Runs;
                segments = LivenessOf(layer, runs);
            }

            left -= runs.Sum(run => ((ChunkRun)run).Chunks.Count) * ChunkSearchBytes;
            var plan = CompactionPlan.Choose(_options.Compaction, runs, segments);
            return plan is not null && HasRoomFor(plan) ? plan : null;
        }
        catch (Exception e) when (e is CorruptionException or StoreException)
        {
            Say(true, $"No segment of layer {layer.Id} (disk {layer.DiskId}) is compacted: {e.Message}");
            return null;
        }
    }

    // Under the gate. Footers that are runs are no data. A layer of footers alone tells its counts without a read.
    private SegmentLiveness[] LivenessOf(Layer layer, Run[] runs)
    {
        var footers = runs.SelectMany(run => ((ChunkRun)run).Chunks).Where(chunk => chunk.Row.IsFooter).ToArray();
        Dictionary<long, long> live;
        if (layer.SegmentReferences is null && footers.Length == runs.Sum(run => ((ChunkRun)run).Chunks.Count))
        {
            live = footers.ToDictionary(chunk => chunk.Row.ObjectId, chunk => chunk.Row.DataBlockCount);
        }
        else
        {
            live = new Dictionary<long, long>(ReferencesOf(layer));
            Array.ForEach(footers, chunk => live[chunk.Row.ObjectId]--);
        }

        return
        [
            .. live.Where(pair => !_damagedSegments.Contains(pair.Key) && _segments.ContainsKey(pair.Key))
                .Select(pair => new SegmentLiveness(pair.Key, pair.Value, _segments[pair.Key].LengthBytes)),
        ];
    }

    // The old segments go only after the new ones are there. Writers come first: they keep a margin, and the reserve
    // is never released for this.
    private bool HasRoomFor(CompactionPlan plan)
    {
        var taken = (plan.LiveBlocks << Blocks.SizeShift) + plan.Rewritten.Sum(row => row.LengthBytes)
            + SegmentLayout.MaxSegmentBytes;
        return _store.FreeBytes - taken >= _options.Compaction.FreeBytesMin;
    }

    private Compaction Begin(Layer layer, CompactionPlan plan)
    {
        var pattern = new SegmentHeader(_catalog.StoreId, layer.DiskId, _ids.Epoch, layer.Id, layer.Parent?.Id ?? 0,
            FirstSequence: 0, PreviousSegmentId: 0, SegmentId: 0, layer.SizeBytes);
        var packer = new SegmentPacker(_store, pattern, _ids.NextSegmentId, plan.Inputs[0].RunNumber,
            _options.Compaction.FreeBytesMin);
        return new Compaction(layer, plan, packer, _files, _chunks);
    }

    private bool Continue(Compaction running, ref long left)
    {
        try
        {
            if (!running.Copy(ref left))
            {
                return true;
            }

            if (running.DamagedSegmentId != 0)
            {
                GiveUpOn(running);
                return true;
            }

            running.Finish();
        }
        catch (StoreException e) when (e.Fault == StoreFault.NoSpace)
        {
            // Not an error of the step, which would release the reserve. Tried again when the layer has changed.
            Say(false, $"The compaction of layer {running.Layer.Id} was given up: {e.Message}");
            AbandonCompaction();
            return false;
        }
        catch
        {
            AbandonCompaction();
            throw;
        }

        return PublishCompaction(running);
    }

    private bool PublishCompaction(Compaction running)
    {
        var layer = running.Layer;
        lock (layer.Family.IndexGate)
        {
            if (IsOvertaken(running))
            {
                AbandonCompaction();
                return true;
            }

            _compaction = null;
            try
            {
                CommitRuns(layer, running.Inputs, running.Chunks.Count == 0 ? null : RunOf(running.Chunks),
                    running.Replaced, running.Dead, running.Segments);
            }
            catch (Exception e)
            {
                // Should the commit have reached the device after all, these files are the only ones that the catalog
                // names: the next start knows, and moves them to the lost folder if it does not.
                _compactionFailureCount++;
                if (e is not StoreException { Fault: StoreFault.NoSpace })
                {
                    throw;
                }

                Say(false, $"The compaction of layer {layer.Id} could not be published: {e.Message}");
                return false;
            }
            finally
            {
                running.Dispose();
            }

            CompactedBytes += running.Segments.Sum(row => row.LengthBytes);
            return true;
        }
    }

    // Nothing of a damaged segment is moved: what is wrong in it stays where a check finds it.
    private void GiveUpOn(Compaction running)
    {
        var isOvertaken = IsOvertaken(running);
        AbandonCompaction();
        if (!isOvertaken && _damagedSegments.Count < DamagedSegmentsMax)
        {
            _damagedSegments.Add(running.DamagedSegmentId);
            running.Layer.CompactionSearchVersion = -1;
            Say(true, $"Segment {running.DamagedSegmentId} is not compacted: {running.Damage}. Run a check of the " +
                "store.");
        }
    }

    private bool IsOvertaken(Compaction running)
    {
        lock (running.Layer.Family.IndexGate)
        {
            return running.Layer.IsGone || IndexOf(running.Layer).WithMerged(running.Inputs, null) is null;
        }
    }

    // What cannot be removed now is unknown to the catalog, and found by the next start.
    private void AbandonCompaction()
    {
        if (_compaction is not { } running)
        {
            return;
        }

        _compaction = null;
        try
        {
            _reclaim.RetireChunks(running.Abandon());
        }
        catch (StoreException e)
        {
            Say(false, $"Files of a compaction that was given up stay until the next start: {e.Message}");
        }
    }
}
