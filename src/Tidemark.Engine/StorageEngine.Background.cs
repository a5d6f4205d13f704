using Tidemark.Engine.Catalog;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>Background work: publish, drop, fold, merge, reclaim. One step at a time, driven by the host.</content>
public sealed partial class StorageEngine
{
    private const int IdlePublishSlotsMin = 256;
    private const int PublishedAtOnceMax = 16;
    private const int GroupsAtOnce = 8;
    private const long DirectoryBytesEach = 16 << 10;

    /// <summary>
    /// Does a bounded amount of background work (publish segments, drop and fold layers, merge indexes, reclaim) until
    /// about <paramref name="budgetBytes"/> of index were rewritten; what is larger goes on in the next step.
    /// <paramref name="isIdle"/> allows work that only pays when nobody writes. Returns false when nothing is left to
    /// do.
    /// </summary>
    public bool Step(long budgetBytes, bool isIdle) => StepWithin(budgetBytes, isIdle, out _);

    /// <summary><see cref="Step"/>, which tells how much of the budget it took.</summary>
    public bool StepWithin(long budgetBytes, bool isIdle, out long spentBytes)
    {
        var left = budgetBytes;
        try
        {
            lock (_stepGate)
            {
                return StepMakingRoom(ref left, isIdle);
            }
        }
        finally
        {
            spentBytes = budgetBytes - left;
        }
    }

    private bool StepMakingRoom(ref long left, bool isIdle)
    {
        try
        {
            return StepOnce(ref left, isIdle);
        }
        catch (StoreException e) when (e.Fault == StoreFault.NoSpace)
        {
            // Deletion must work in a full store: the reserve is for that.
            _store.ReleaseReserve();
            return StepOnce(ref left, isIdle);
        }
    }

    // One sick family or disk must not hold up the others: its error is said, and thrown when everything else is done.
    private bool StepOnce(ref long left, bool isIdle)
    {
        // In a full store space is what everybody waits for, and whoever writes is refused anyway.
        isIdle |= IsFull;
        Exception? first = null;
        var isBusy = Working(EngineWorkKind.Publish).End(PublishSome(isIdle, ref first));
        isBusy |= TryGoOnMerging(ref left, ref first);
        foreach (var family in FamiliesToVisit(isIdle))
        {
            if (left <= 0)
            {
                break;
            }

            isBusy |= Visit(family, isIdle, ref left, ref first);
        }

        isBusy |= Reclaim(isIdle);
        if (!isBusy)
        {
            _store.TryRestoreReserve();
        }

        if (isIdle && !isBusy && first is null)
        {
            isBusy = Working(EngineWorkKind.Sweep).End(Sweep());
        }

        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        return isBusy;
    }

    private WorkSpan Working(EngineWorkKind kind) => new(_options.OnWork, kind);

    private bool Reclaim(bool isIdle)
    {
        var work = Working(EngineWorkKind.Reclaim);
        var removedBytes = 0L;
        var punchedBefore = _reclaim.PunchedBytes;
        var isBusy = _reclaim.Step(isIdle, id =>
            removedBytes += _segments.TryRemove(id, out var row) ? row.LengthBytes : 0);
        return work.End(isBusy, removedBytes + _reclaim.PunchedBytes - punchedBefore);
    }

    private bool Visit(Family family, bool isIdle, ref long left, ref Exception? first)
    {
        var isBusy = false;

        // Cleared before the work, so that a change that comes meanwhile is seen by the next step.
        family.NeedsWork = false;
        family.NeedsIdleWork = family.NeedsIdleWork && !isIdle;
        try
        {
            EnsureRecovered(family);
            while (left > 0 && WorkOn(family, isIdle, ref left))
            {
                isBusy = true;
            }

            if (left <= 0)
            {
                family.Touch();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            SayFailure($"Background work on the family of layer {family.Id}", e);
            family.Touch();
            first ??= e;
        }

        return isBusy;
    }

    // A full store is tried again with the reserve given up; who drives the steps is told when even that fails.
    private void SayFailure(string what, Exception problem)
    {
        if (problem is not StoreException { Fault: StoreFault.NoSpace })
        {
            Say(true, $"{what}: {problem.Message}");
        }
    }

    private Family[] FamiliesToVisit(bool isIdle)
    {
        lock (_families)
        {
            _families.RemoveAll(family => family.Layers.Count == 0);
            return [.. _families.Where(family => family.NeedsWork || (isIdle && family.NeedsIdleWork))];
        }
    }

    private bool PublishSome(bool isIdle, ref Exception? first)
    {
        var isBusy = false;
        foreach (var disk in _disks.Values)
        {
            try
            {
                if (isIdle)
                {
                    disk.Log.CloseSegment(NeedsExactHiding(disk.Log.Head) ? 0 : IdlePublishSlotsMin);
                }

                isBusy |= PublishOldest(disk);
                for (var i = 0; i < PublishedAtOnceMax && disk.Log.UnpublishedCount > 2 && PublishOldest(disk); i++)
                {
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                SayFailure($"Publishing disk {disk.DiskId}", e);
                first ??= e;
            }
        }

        return isBusy;
    }

    // An unnamed layer below, with several children, gives back what they all hide: then every block counts.
    private static bool NeedsExactHiding(Layer head) =>
        head.Parent is { IsRoot: false, Children.Count: > 1 };

    // One change to a family's structure or index; false when there is none to make.
    private bool WorkOn(Family family, bool isIdle, ref long left)
    {
        Layer? toDrop = null, toFold = null, toThin = null;
        lock (family.Gate)
        {
            foreach (var layer in family.Layers)
            {
                if (layer is { IsSealed: true, IsRoot: false, LoadedIndex: null or { Tail.Length: 0 } })
                {
                    toDrop ??= layer.Children.Count == 0 ? layer : null;
                    toFold ??= layer.Children.Count == 1 ? layer : null;
                    toThin ??= isIdle && layer.Children.Count > 1 && IsThinningDue(layer) ? layer : null;
                }
            }
        }

        if (toDrop is not null)
        {
            return Working(EngineWorkKind.Drop).End(Drop(toDrop));
        }

        if (toFold is not null)
        {
            return Working(EngineWorkKind.Fold).End(Fold(toFold));
        }

        // One merge at a time: a rest of the budget too small for another extent must not begin a second one.
        var budget = left;
        if (_merge is not null)
        {
            return Working(EngineWorkKind.Merge).End(GoOnMerging(ref left), budget - left);
        }

        foreach (var layer in LayersOf(family))
        {
            if (RunsToMerge(layer, isIdle) is { } inputs && !IsBeingCompacted(inputs))
            {
                return Working(EngineWorkKind.Merge).End(Merge(layer, inputs, ref left), budget - left);
            }
        }

        return (toThin is not null && Working(EngineWorkKind.Thin).End(Thin(toThin, ref left), budget - left))
            || Working(EngineWorkKind.Compact).End(Compact(family, isIdle, ref left), budget - left)
            || Group(family, ref left);
    }

    // Last: merges and folds would make groups void again. True when there may be more to make.
    private bool Group(Family family, ref long left)
    {
        if (!family.WantsGroups)
        {
            return false;
        }

        // Cleared before the work, so that a change that comes meanwhile is seen.
        family.WantsGroups = false;
        family.CanGroup = false;
        var made = _groups.Build(LayersOf(family), IndexOf, GroupsAtOnce);
        left -= made * DirectoryBytesEach * _options.GroupMembers;
        if (made < GroupsAtOnce)
        {
            return false;
        }

        family.CanGroup = true;
        family.WishGroups();
        return true;
    }

    private static Layer[] LayersOf(Family family)
    {
        lock (family.Gate)
        {
            return [.. family.Layers];
        }
    }

    private bool Drop(Layer layer)
    {
        lock (layer.Family.IndexGate)
        {
            if (!IsStillUnnamed(layer, childCount: 0))
            {
                return true;
            }

            var plan = PrepareDrop(layer);
            _catalog.Commit(plan.Put);
            lock (layer.Family.Gate)
            {
                FinishDrop(layer, plan);
            }

            return true;
        }
    }

    // Under the index gate. What holds now holds until that is given back: a layer that is no root cannot become one,
    // nor get children; only a rollback or the drop of a disk takes children away.
    private static bool IsStillUnnamed(Layer layer, int childCount)
    {
        lock (layer.Family.Gate)
        {
            return !layer.IsRoot && !layer.IsGone && layer.Children.Count == childCount;
        }
    }

    private LayerDrop PrepareDrop(Layer layer)
    {
        var index = IndexOf(layer);
        var chunks = index.Runs.SelectMany(run => ((ChunkRun)run).Chunks).Where(chunk => !chunk.Row.IsFooter);
        var segments = ReferencesOf(layer).Keys.Where(_segments.ContainsKey)
            .Select(id => _segments[id] with { IsRetired = true });
        return new LayerDrop(layer.Id, [.. segments], [.. chunks.Select(chunk => chunk.Row.ObjectId)]);
    }

    private void FinishDrop(Layer layer, LayerDrop plan)
    {
        layer.IsHead = false;
        if (layer.Parent is { } parent)
        {
            parent.Family.Touch();
        }

        layer.Detach();
        layer.Family.Layers.Remove(layer);
        _layers.TryRemove(layer.Id, out _);
        foreach (var row in plan.Segments)
        {
            _segments[row.SegmentId] = row;
        }

        _reclaim.RetireSegments([.. plan.Segments.Select(row => row.SegmentId)]);
        _reclaim.RetireChunks(plan.ChunkIds);
        layer.Family.Touch();
    }

    // The only child takes over the layer's runs as its oldest ones: no data and no index is rewritten here.
    private bool Fold(Layer layer)
    {
        lock (layer.Family.IndexGate)
        {
            if (!IsStillUnnamed(layer, childCount: 1))
            {
                return true;
            }

            var child = layer.Children.First();
            var childIndex = IndexOf(child);
            var below = IndexOf(layer);
            var references = child.SegmentReferences is null ? null : ReferencesOf(layer);
            var number = childIndex.Runs.Length == 0 ? 0 : childIndex.Runs[^1].RunNumber;
            var moved = new List<Run>();
            var rows = new List<ChunkRow>();
            foreach (var run in below.Runs)
            {
                number--;
                ChunkRow[] renamed =
                [
                    .. ((ChunkRun)run).Chunks.Select(
                        chunk => chunk.Row with { LayerId = child.Id, RunNumber = number }),
                ];
                rows.AddRange(renamed);
                moved.Add(RunOf(renamed));
            }

            _catalog.Commit(transaction =>
            {
                transaction.DeleteLayer(layer.Id);
                rows.ForEach(transaction.Put);
                transaction.UpdateLayer(child.Id, row => row with { ParentLayerId = layer.Parent?.Id ?? 0 });
            });
            lock (layer.Family.Gate)
            {
                FinishFold(layer, child, moved, references);
            }

            return true;
        }
    }

    private void FinishFold(Layer layer, Layer child, List<Run> moved, Dictionary<long, long>? references)
    {
        var parent = layer.Parent;
        MoveReferences(references, child.SegmentReferences);
        child.Update(index => index.WithFolded(moved, parent));
        child.HasFoldedRuns = moved.Count > 0 || child.HasFoldedRuns;
        child.Reparent(parent);
        layer.Detach();
        layer.Family.Layers.Remove(layer);
        _layers.TryRemove(layer.Id, out _);
        layer.Family.Touch();
    }
}
