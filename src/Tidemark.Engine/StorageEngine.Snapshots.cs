using Tidemark.Engine.Catalog;
using Tidemark.Engine.Layers;

namespace Tidemark.Engine;

/// <content>Cuts, rollbacks, resets and names.</content>
public sealed partial class StorageEngine
{
    /// <summary>
    /// Cuts disks at one instant: what was answered before is in the sealed layers, which are returned in the order of
    /// <paramref name="diskIds"/>, named once, and durable. Writers never wait for it.
    /// </summary>
    public IReadOnlyList<long> Cut(
        IReadOnlyList<string> diskIds, Action<CatalogTransaction, IReadOnlyList<long>>? commitWith = null)
    {
        ArgumentNullException.ThrowIfNull(diskIds);
        if (diskIds.Count == 0 || diskIds.Distinct(StringComparer.Ordinal).Count() != diskIds.Count)
        {
            throw new EngineException(EngineFault.Invalid, "A cut takes one or more different disks.");
        }

        var disks = diskIds.Select(OpenDisk).ToArray();
        using var lifecycles = new LifecycleGates(disks);
        foreach (var disk in disks)
        {
            RequireCurrent(disk);
            RequireHealthy(disk);
        }

        using var gates = new FamilyGates(disks.Select(disk => disk.Log.Head.Family));
        var cuts = disks.Select(disk => new DiskCut(disk, NewHead(disk, disk.Log.Head))).ToArray();
        Flip(cuts);
        MakeDurable(cuts);
        CommitCut(cuts, commitWith);
        return [.. cuts.Select(cut => cut.Sealed.Id)];
    }

    /// <summary>
    /// Puts a disk on a sealed layer: it reads as that layer does, and as zeros beyond the layer's size. Requests in
    /// flight are answered first; what was written since the last cut is dropped.
    /// </summary>
    public void Rollback(string diskId, long layerId, Action<CatalogTransaction>? commitWith = null)
    {
        var target = PinSealed(layerId);
        try
        {
            ReplaceHead(diskId, target, commitWith);
        }
        finally
        {
            Unpin(target);
        }
    }

    /// <summary>
    /// Makes a disk empty again, as when it was new: all of it reads as zeros. Its snapshots and clones stay, and it
    /// may be rolled back to them; until then nothing connects it with them, so there are no changes between.
    /// </summary>
    public void Reset(string diskId, Action<CatalogTransaction>? commitWith = null) =>
        ReplaceHead(diskId, null, commitWith);

    /// <summary>Gives a sealed layer one more name (an independent snapshot of the same content).</summary>
    public void AddName(long layerId, Action<CatalogTransaction>? commitWith = null)
    {
        var layer = PinSealed(layerId);
        try
        {
            lock (layer.Family.Gate)
            {
                _catalog.Commit(transaction =>
                {
                    transaction.UpdateLayer(layer.Id, row => row with { NameCount = layer.NameCount + 1 });
                    commitWith?.Invoke(transaction);
                });
                layer.NameCount++;
            }
        }
        finally
        {
            Unpin(layer);
        }
    }

    /// <summary>Takes one name from each sealed layer. Space comes back through <see cref="Step"/>.</summary>
    public void DropNames(IReadOnlyList<long> layerIds, Action<CatalogTransaction>? commitWith = null)
    {
        ArgumentNullException.ThrowIfNull(layerIds);
        var drops = layerIds
            .GroupBy(id => id)
            .Select(group => (Layer: SealedLayer(group.Key), Count: group.Count()))
            .ToArray();
        using var gates = new FamilyGates(drops.Select(drop => drop.Layer.Family));
        foreach (var (layer, count) in drops)
        {
            if (layer.NameCount < count || layer.IsGone)
            {
                throw NoSuchLayer(layer.Id);
            }
        }

        CommitMakingRoom(transaction =>
        {
            foreach (var (layer, count) in drops)
            {
                transaction.UpdateLayer(layer.Id, row => row with { NameCount = layer.NameCount - count });
            }

            commitWith?.Invoke(transaction);
        });
        foreach (var (layer, count) in drops)
        {
            layer.NameCount -= count;
            layer.Family.Touch();
        }
    }

    private Layer NewHead(EngineDisk disk, Layer? below)
    {
        var id = _ids.NextLayerId();
        return new(below?.Family ?? NewFamily(id), id, disk.DiskId, null, LayerIndex.Empty(below))
        {
            SizeBytes = disk.SizeBytes,
            IsHead = true,
        };
    }

    // All append locks are held at once, so that the instant is the same for every disk; no I/O happens in between.
    private static void Flip(DiskCut[] cuts)
    {
        var ordered = cuts.OrderBy(cut => cut.Disk.DiskId, StringComparer.Ordinal).ToArray();
        foreach (var cut in ordered)
        {
            cut.Disk.Log.BeginFlip();
        }

        foreach (var cut in ordered)
        {
            cut.LastSequence = cut.Disk.Log.Flip(cut.Next);
        }

        foreach (var cut in ordered)
        {
            cut.Disk.Log.EndFlip();
        }

        foreach (var cut in ordered)
        {
            cut.Enter();
        }
    }

    private static void RequireHealthy(EngineDisk disk)
    {
        if (disk.IsFaulted)
        {
            throw new EngineException(EngineFault.Faulted,
                $"Disk {disk.DiskId} is faulted after a device error; close and open it first.");
        }
    }

    private void MakeDurable(DiskCut[] cuts)
    {
        foreach (var cut in cuts)
        {
            var log = cut.Disk.Log;
            if (!log.SettleThrough(cut.LastSequence) || !log.FlushThrough(cut.LastSequence))
            {
                StandWithoutNames(cuts);
                throw new EngineException(EngineFault.Faulted,
                    $"Disk {cut.Disk.DiskId} is faulted after a device error; no snapshot was taken. Reopen the disk.");
            }
        }
    }

    private void CommitCut(DiskCut[] cuts, Action<CatalogTransaction, IReadOnlyList<long>>? commitWith)
    {
        try
        {
            CommitCutRows(cuts, 1, commitWith);
        }
        catch (Exception e)
        {
            Say(false, $"A snapshot was not committed ({e.Message}); its layer is folded away.");
            StandWithoutNames(cuts);
            throw;
        }

        EnterStructure(cuts, names: 1);
    }

    // The flip has happened. On healthy disks it stands without a name, to be folded away. A disk whose catalog row
    // cannot follow is faulted: opening it again treats both layers as one.
    private void StandWithoutNames(DiskCut[] cuts)
    {
        var healthy = cuts.Where(cut => !cut.Disk.IsFaulted).ToArray();
        try
        {
            CommitMakingRoom(transaction => PutCutRows(transaction, healthy, 0));
            EnterStructure(healthy, names: 0);
        }
        catch (Exception e)
        {
            foreach (var cut in healthy)
            {
                cut.Disk.Log.Fault($"The catalog does not commit: {e.Message}");
            }
        }

        foreach (var cut in cuts.Where(cut => cut.Disk.IsFaulted))
        {
            cut.Sealed.IsUncommitted = true;
        }
    }

    private void EnterStructure(DiskCut[] cuts, int names)
    {
        foreach (var cut in cuts)
        {
            cut.Sealed.NameCount = names;
            AddLayer(cut.Next);
            RememberRow(cut.Disk, cut.Next);
            cut.Sealed.Family.Touch();
        }
    }

    private void CommitCutRows(
        DiskCut[] cuts, int names, Action<CatalogTransaction, IReadOnlyList<long>>? commitWith) =>
        _catalog.Commit(transaction =>
        {
            PutCutRows(transaction, cuts, names);
            commitWith?.Invoke(transaction, [.. cuts.Select(cut => cut.Sealed.Id)]);
        });

    private static void PutCutRows(CatalogTransaction transaction, DiskCut[] cuts, int names)
    {
        foreach (var cut in cuts)
        {
            transaction.UpdateLayer(cut.Sealed.Id, row => row with
            {
                IsSealed = true,
                NameCount = names,
                LastSequence = cut.LastSequence,
                SizeBytes = cut.Sealed.SizeBytes,
            });
            transaction.Put(RowOf(cut.Next));
            UpdateDisk(transaction, cut.Disk, cut.Next, cut.Disk.SizeBytes);
        }
    }

    // Null leaves the disk on nothing, in a family of its own.
    private void ReplaceHead(string diskId, Layer? target, Action<CatalogTransaction>? commitWith)
    {
        var disk = OpenDisk(diskId);
        lock (disk.LifecycleGate)
        {
            RequireCurrent(disk);
            RequireHealthy(disk);
            lock (disk.ExclusiveGate)
            {
                lock (disk.PublishGate)
                {
                    ReplaceHeadAlone(disk, target, commitWith);
                }
            }
        }
    }

    // Under the disk's lifecycle, exclusive and publish gates.
    private void ReplaceHeadAlone(EngineDisk disk, Layer? target, Action<CatalogTransaction>? commitWith)
    {
        // Counting may read a large index: before the locks that writers wait for.
        ReferencesUnderGate(disk.Log.Head);
        PublishBelow(disk, disk.Log.Head);
        var next = NewHead(disk, target);
        Family[] families = [disk.Log.Head.Family, next.Family];
        using var indexGates = new FamilyIndexGates(families);
        using var gates = new FamilyGates(families);
        disk.Log.BeginFlip();
        try
        {
            ReplaceHeadSettled(disk, target, next, commitWith);
        }
        finally
        {
            disk.Log.EndFlip();
        }
    }

    // Under the families' gates and the append lock.
    private void ReplaceHeadSettled(
        EngineDisk disk, Layer? target, Layer next, Action<CatalogTransaction>? commitWith)
    {
        if (!disk.Log.Settle())
        {
            throw new EngineException(EngineFault.Faulted, $"Disk {disk.DiskId} is faulted; reopen it first.");
        }

        var old = disk.Log.Head;
        next.FirstSequence = disk.Log.AppliedSequence + 1;
        var dropped = PrepareDrop(old);
        _catalog.Commit(transaction =>
        {
            dropped.Put(transaction);
            transaction.Put(new LayerRow(next.Id, disk.DiskId, target?.Id ?? 0, false, 0, next.FirstSequence,
                long.MaxValue, next.SizeBytes));
            transaction.Put(new DiskRow(disk.DiskId, disk.SizeBytes, next.Id, disk.Log.AppliedSequence,
                disk.Log.LastSegmentId, disk.BootGeneration));
            commitWith?.Invoke(transaction);
        });
        disk.PublishedSequence = disk.Log.AppliedSequence;
        disk.PublishedSegmentId = disk.Log.LastSegmentId;
        next.Reparent(target);
        AddLayer(next);
        disk.Log.Flip(next);
        disk.Target.ViewId = _map.NewViewId();
        RememberRow(disk, next);
        DropUnpublished(disk);
        FinishDrop(old, dropped);
    }

    private sealed class DiskCut(EngineDisk disk, Layer next)
    {
        public EngineDisk Disk { get; } = disk;

        public Layer Sealed { get; } = disk.Log.Head;

        public Layer Next { get; } = next;

        public long LastSequence { get; set; }

        // After the flip, under the family's gate: the structure follows what the log already does.
        public void Enter()
        {
            Sealed.IsSealed = true;
            Sealed.IsHead = false;
            Sealed.LastSequence = LastSequence;
            Next.FirstSequence = LastSequence + 1;
            Next.Reparent(Sealed);
        }
    }
}
