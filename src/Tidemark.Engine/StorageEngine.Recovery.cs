using System.Collections.Concurrent;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Log;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>
/// Recovery: segments that the catalog does not list are offered to their disk's log. Those that continue it are
/// replayed and published before the disk is served; the others are moved to the lost folder. Nothing is removed.
/// </content>
public sealed partial class StorageEngine
{
    private readonly ConcurrentDictionary<string, List<SegmentHeader>> _unknownSegments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reopened = new(StringComparer.Ordinal);

    // A layer may not be read, folded or built upon before the logs that wrote into its family are replayed.
    private void EnsureRecovered(Family family)
    {
        if (_unknownSegments.IsEmpty)
        {
            return;
        }

        lock (_openGate)
        {
            string[] diskIds;
            lock (family.Gate)
            {
                diskIds =
                    [.. family.Layers.Select(layer => layer.DiskId).Distinct().Where(_unknownSegments.ContainsKey)];
            }

            foreach (var diskId in diskIds)
            {
                _disks[diskId] = Recover(_diskRows[diskId]);
            }
        }
    }

    private void FindUnknownSegments()
    {
        foreach (var row in _catalog.LoadSegments())
        {
            _segments[row.SegmentId] = row;
        }

        _reclaim.RetireSegments([.. _segments.Values.Where(row => row.IsRetired).Select(row => row.SegmentId)]);
        var lost = 0;
        foreach (var id in _store.List(StoreArea.Segments).Where(id => !_segments.ContainsKey(id)))
        {
            if (!TryKeepUnknown(id))
            {
                _store.MoveToLost(StoreArea.Segments, id);
                lost++;
            }
        }

        if (lost > 0)
        {
            _store.SyncNames(StoreArea.Segments);
            Say(false, $"{lost} segment file(s) belong to no disk of the catalog and were moved to the lost folder.");
        }
    }

    private bool TryKeepUnknown(long segmentId)
    {
        if (ReadSegmentHeader(segmentId) is not { } header || header.StoreId != _catalog.StoreId
            || !_diskRows.ContainsKey(header.DiskId))
        {
            return false;
        }

        if (!_unknownSegments.TryGetValue(header.DiskId, out var list))
        {
            list = [];
            _unknownSegments[header.DiskId] = list;
        }

        list.Add(header);
        return true;
    }

    private SegmentHeader? ReadSegmentHeader(long segmentId)
    {
        using var file = _store.Open(StoreArea.Segments, segmentId, writable: false);
        var block = new byte[Blocks.SizeBytes];
        return file.Read(0, block) == block.Length && SegmentHeader.TryRead(block, out var header, out _)
            && header.SegmentId == segmentId
            ? header
            : null;
    }

    // Under the open gate.
    private EngineDisk Recover(DiskRow row)
    {
        var head = _layers[row.HeadLayerId];
        IndexOf(head);
        if (!_unknownSegments.TryRemove(row.DiskId, out var candidates))
        {
            candidates = UnknownAfterReopen(row.DiskId);
        }

        var replayed = Replay(row, head, candidates);
        var applied = replayed.Count == 0 ? row.PublishedSequence : replayed[^1].LastApplied;
        var lastSegmentId = replayed.Count == 0 ? row.LastSegmentId : replayed[^1].Id;
        var disk = MakeDisk(row, head, applied, lastSegmentId);
        foreach (var segment in replayed)
        {
            segment.Layer.AddTail(segment);
            disk.Log.AdoptRecovered(segment);
        }

        if (replayed.Count > 0)
        {
            _store.SyncNames(StoreArea.Segments);
            Say(false, $"Disk {row.DiskId}: replayed {replayed.Count} segment(s) up to sequence {applied}.");
            PublishAll(disk);
            if (disk.Log.UnpublishedCount > 0)
            {
                throw new EngineException(EngineFault.Faulted,
                    $"Disk {row.DiskId}: the recovered log could not be published; see the log for the device error.");
            }
        }

        return disk;
    }

    // A disk that was closed after a fault left files that the first look at the store did not see.
    private List<SegmentHeader> UnknownAfterReopen(string diskId)
    {
        if (!_reopened.Remove(diskId))
        {
            return [];
        }

        var found = new List<SegmentHeader>();
        foreach (var id in _store.List(StoreArea.Segments).Where(id => !_segments.ContainsKey(id)))
        {
            if (ReadSegmentHeader(id) is { } header && header.DiskId == diskId)
            {
                found.Add(header);
            }
        }

        return found;
    }

    private List<LogSegment> Replay(DiskRow row, Layer head, List<SegmentHeader> candidates)
    {
        var replayed = new List<LogSegment>();
        var previousId = row.LastSegmentId;
        var expected = row.PublishedSequence + 1;
        foreach (var header in candidates.OrderBy(header => header.SegmentId))
        {
            var continues = header.PreviousSegmentId == previousId && header.FirstSequence == expected;
            var segment = continues ? ReplaySegment(header, LayerAt(row, head, expected)) : null;
            if (segment is null)
            {
                // A segment may have been begun and left empty; the next one names it as the one before.
                previousId = continues ? header.SegmentId : previousId;
                _store.MoveToLost(StoreArea.Segments, header.SegmentId);
                _store.SyncNames(StoreArea.Segments);
                Say(false,
                    $"Disk {row.DiskId}: segment {header.SegmentId} does not continue the log; it was moved to the " +
                    "lost folder.");
                continue;
            }

            replayed.Add(segment);
            previousId = header.SegmentId;
            expected = segment.LastApplied + 1;
        }

        return replayed;
    }

    // The layer whose range of sequences holds this one; the head takes what a flip without a commit wrote above it.
    private static Layer LayerAt(DiskRow row, Layer head, long sequence) =>
        head.Family.Layers.Find(layer => layer.DiskId == row.DiskId && layer.IsSealed
            && layer.FirstSequence <= sequence && sequence <= layer.LastSequence) ?? head;

    private LogSegment? ReplaySegment(SegmentHeader header, Layer layer)
    {
        IndexOf(layer);
        var file = _files.Adopt(header.SegmentId, _store.Open(StoreArea.Segments, header.SegmentId, writable: true));
        file.File.DropResident();
        var scan = new SegmentScan(file.File, header);
        scan.Run();
        if (scan.LastSequence < header.FirstSequence)
        {
            _files.Forget(header.SegmentId);
            _files.Return(file);
            return null;
        }

        file.File.Truncate(Math.Min(file.File.LengthBytes, SegmentLayout.OffsetOf(scan.NextSlot)));
        file.File.Sync();
        var segment = new LogSegment(file, layer, header.FirstSequence)
        {
            NextSlot = scan.NextSlot,
            SyncedSequence = scan.LastSequence,
            IsNameSynced = true,
            IsClosed = true,
        };
        segment.ApplyRecovered(scan.Found, scan.HeaderSlots, scan.LastSequence);
        return segment;
    }
}
