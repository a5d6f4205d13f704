using Tidemark.Engine.Catalog;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Log;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>Disks: create, open, close, grow, drop.</content>
public sealed partial class StorageEngine
{
    /// <summary>
    /// Creates an empty disk, or one on top of a sealed layer (a clone). The size is 1 GiB to 32 TiB, a multiple of
    /// 512, and not below the layer's.
    /// </summary>
    public EngineDisk CreateDisk(
        string diskId, long sizeBytes, long? fromLayerId, Action<CatalogTransaction>? commitWith = null)
    {
        RequireDiskId(diskId);
        var parent = fromLayerId is { } id ? PinSealed(id) : null;
        try
        {
            RequireSize(sizeBytes, parent?.SizeBytes ?? DiskSizeBytesMin);
            lock (_openGate)
            {
                if (_diskRows.ContainsKey(diskId))
                {
                    throw new EngineException(EngineFault.Conflict, $"Disk {diskId} exists already.");
                }

                var layerId = _ids.NextLayerId();
                var family = parent?.Family ?? NewFamily(layerId);
                lock (family.Gate)
                {
                    return CommitNewDisk(diskId, sizeBytes, layerId, family, parent, commitWith);
                }
            }
        }
        finally
        {
            if (parent is not null)
            {
                Unpin(parent);
            }
        }
    }

    /// <summary>
    /// Opens a disk, recovering it first when this is the first time; the same instance every time until it is closed
    /// or dropped.
    /// </summary>
    public EngineDisk OpenDisk(string diskId)
    {
        if (_disks.TryGetValue(diskId, out var open))
        {
            return open;
        }

        lock (_openGate)
        {
            if (_disks.TryGetValue(diskId, out open))
            {
                return open;
            }

            if (!_diskRows.TryGetValue(diskId, out var row))
            {
                throw new EngineException(EngineFault.NotFound, $"There is no disk {diskId}.");
            }

            EnsureRecovered(_layers[row.HeadLayerId].Family);
            return _disks.GetOrAdd(
                diskId, static (_, state) => state.Engine.Recover(state.Row), (Engine: this, Row: row));
        }
    }

    /// <summary>
    /// Flushes and forgets an open disk; the next <see cref="OpenDisk"/> reads it anew, which also clears a fault.
    /// </summary>
    public void CloseDisk(string diskId)
    {
        lock (_openGate)
        {
            if (_disks.TryGetValue(diskId, out var disk))
            {
                Close(disk);
            }
        }
    }

    /// <summary>Grows a disk.</summary>
    public void Resize(string diskId, long newSizeBytes, Action<CatalogTransaction>? commitWith = null)
    {
        var disk = OpenDisk(diskId);
        lock (disk.LifecycleGate)
        {
            RequireCurrent(disk);
            var head = disk.Log.Head;
            lock (head.Family.Gate)
            {
                RequireSize(newSizeBytes, disk.SizeBytes);
                _catalog.Commit(transaction =>
                {
                    transaction.UpdateLayer(head.Id, row => row with { SizeBytes = newSizeBytes });
                    UpdateDisk(transaction, disk, head, newSizeBytes);
                    commitWith?.Invoke(transaction);
                });
                head.SizeBytes = newSizeBytes;
                disk.SetSize(newSizeBytes);
                RememberRow(disk, head);
            }
        }
    }

    /// <summary>Drops a disk's name; snapshots and clones stay. Space comes back through <see cref="Step"/>.</summary>
    public void DropDisk(string diskId, Action<CatalogTransaction>? commitWith = null)
    {
        lock (_openGate)
        {
            var disk = OpenHealthy(diskId);
            lock (disk.LifecycleGate)
            {
                lock (disk.PublishGate)
                {
                    Drop(disk, commitWith);
                }
            }
        }
    }

    // A faulted disk is read anew first: its sealed layers must be published before its log goes.
    private EngineDisk OpenHealthy(string diskId)
    {
        var disk = OpenDisk(diskId);
        if (disk.IsFaulted)
        {
            Close(disk);
            disk = OpenDisk(diskId);
        }

        return disk;
    }

    private void Drop(EngineDisk disk, Action<CatalogTransaction>? commitWith)
    {
        var head = disk.Log.Head;
        ReferencesUnderGate(head);
        disk.Log.Close();
        try
        {
            PublishBelow(disk, head);
            lock (head.Family.IndexGate)
            {
                var dropped = PrepareDrop(head);
                CommitMakingRoom(transaction =>
                {
                    transaction.DeleteDisk(disk.DiskId);
                    dropped.Put(transaction);
                    commitWith?.Invoke(transaction);
                });
                _disks.TryRemove(disk.DiskId, out _);
                _diskRows.TryRemove(disk.DiskId, out _);
                DropUnpublished(disk);
                lock (head.Family.Gate)
                {
                    FinishDrop(head, dropped);
                }
            }
        }
        catch
        {
            // The log takes nothing any more; the next one who opens the disk gets it as the catalog has it.
            Close(disk);
            throw;
        }
    }

    // Under the open gate. Whatever fails, the next open lists the store and replays what the catalog does not have.
    private void Close(EngineDisk disk)
    {
        lock (disk.LifecycleGate)
        {
            lock (disk.PublishGate)
            {
                disk.Log.Close();
                try
                {
                    PublishAll(disk);
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    Say(true, $"Disk {disk.DiskId} could not be published at its close: {e.Message}");
                }

                var row = _catalog.LoadDisks().FirstOrDefault(candidate => candidate.DiskId == disk.DiskId);
                if (row is null)
                {
                    return;
                }

                if (disk.IsFaulted)
                {
                    row = row with { BootGeneration = row.BootGeneration + 1 };
                }

                ForgetUnpublished(disk, row);
                _diskRows[disk.DiskId] = row;
                _unknownSegments[disk.DiskId] = null;
                _disks.TryRemove(disk.DiskId, out _);
            }
        }
    }

    // Under the disk's lifecycle gate.
    private void RequireCurrent(EngineDisk disk)
    {
        if (!_disks.TryGetValue(disk.DiskId, out var current) || current != disk)
        {
            throw new EngineException(EngineFault.Conflict,
                $"Disk {disk.DiskId} was closed or dropped meanwhile; look it up again.");
        }
    }

    private void CommitMakingRoom(Action<CatalogTransaction> changes) => MakingRoom(() =>
    {
        _catalog.Commit(changes);
        return true;
    });

    private static void RequireDiskId(string diskId)
    {
        if (string.IsNullOrEmpty(diskId) || diskId.Length > 32 || diskId.Any(c => c is <= ' ' or > '~'))
        {
            throw new EngineException(EngineFault.Invalid,
                $"'{diskId}' is no disk id: 1 to 32 visible ASCII characters are expected.");
        }
    }

    private static void RequireSize(long sizeBytes, long sizeBytesMin)
    {
        if (sizeBytes < sizeBytesMin || sizeBytes > DiskSizeBytesMax || sizeBytes % ReadableDisk.SectorBytes != 0)
        {
            throw new EngineException(EngineFault.Invalid,
                $"A size of {sizeBytes} bytes was asked for; a multiple of 512 from {sizeBytesMin} to " +
                $"{DiskSizeBytesMax} is expected.");
        }
    }

    private EngineDisk CommitNewDisk(string diskId, long sizeBytes, long layerId, Family family, Layer? parent,
        Action<CatalogTransaction>? commitWith)
    {
        var layerRow = new LayerRow(layerId, diskId, parent?.Id ?? 0, false, 0, 1, long.MaxValue, sizeBytes);

        // The chain of segments starts at a number that no other disk of this name ever used.
        var chainStart = _ids.NextSegmentId();
        var diskRow = new DiskRow(diskId, sizeBytes, layerId, 0, chainStart, 1);
        _catalog.Commit(transaction =>
        {
            transaction.Put(layerRow);
            transaction.Put(diskRow);
            commitWith?.Invoke(transaction);
        });
        var layer = new Layer(family, layerId, diskId, parent, LayerIndex.Empty(parent))
        {
            IsHead = true,
            FirstSequence = 1,
            SizeBytes = sizeBytes,
        };
        AddLayer(layer);
        _diskRows[diskId] = diskRow;
        var disk = MakeDisk(diskRow, layer, appliedSequence: 0, chainStart);
        _disks[diskId] = disk;
        return disk;
    }

    private EngineDisk MakeDisk(DiskRow row, Layer head, long appliedSequence, long lastSegmentId)
    {
        var target = new LogTarget(
            _store, _files, _map, _catalog.StoreId, _ids.Epoch, row.DiskId, _ids.NextSegmentId, Say)
        {
            ViewId = _map.NewViewId(),
        };
        var log = new DiskLog(target, head, appliedSequence, lastSegmentId);
        return new EngineDisk(this, log, target, row.SizeBytes, row.BootGeneration)
        {
            PublishedSequence = row.PublishedSequence,
            PublishedSegmentId = row.LastSegmentId,
        };
    }

    private void AddLayer(Layer layer)
    {
        layer.Family.Layers.Add(layer);
        _layers[layer.Id] = layer;
        lock (_families)
        {
            if (!_families.Contains(layer.Family))
            {
                _families.Add(layer.Family);
            }
        }
    }

    private static LayerRow RowOf(Layer layer) => new(layer.Id, layer.DiskId, layer.Parent?.Id ?? 0, layer.IsSealed,
        layer.NameCount, layer.FirstSequence, layer.LastSequence, layer.SizeBytes);

    // Without what is published: that may go on meanwhile, and has columns of its own.
    private static void UpdateDisk(CatalogTransaction transaction, EngineDisk disk, Layer head, long sizeBytes) =>
        transaction.UpdateDisk(disk.DiskId, row => row with
        {
            SizeBytes = sizeBytes,
            HeadLayerId = head.Id,
            BootGeneration = disk.BootGeneration,
        });

    private void RememberRow(EngineDisk disk, Layer head) => _diskRows[disk.DiskId] = new DiskRow(disk.DiskId,
        disk.SizeBytes, head.Id, disk.PublishedSequence, disk.PublishedSegmentId, disk.BootGeneration);
}
