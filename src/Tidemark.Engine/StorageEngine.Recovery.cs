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
    // By disk: the segments that the catalog does not list; null to look for them again. An entry goes when the disk's
    // log is replayed and published, so that nobody reads, folds or builds upon its layers before.
    private readonly ConcurrentDictionary<string, List<SegmentHeader>?> _unknownSegments = new(StringComparer.Ordinal);

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

            foreach (var row in diskIds.Select(_diskRows.GetValueOrDefault))
            {
                if (row is not null)
                {
                    _disks[row.DiskId] = Recover(row);
                }
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
            Say(false,
                $"{lost} segment file(s) belong to no log of the catalog's disks; they were moved to the lost folder.");
        }
    }

    /// <summary>Removes what was moved to the lost folder before a moment; returns how many files.</summary>
    public int PurgeLost(DateTimeOffset before) => _store.PurgeLost(before);

    // A compacted segment that is not listed holds copies of blocks whose originals are; it is no part of any log.
    private bool TryKeepUnknown(long segmentId)
    {
        if (ReadSegmentHeader(segmentId) is not { } header || header.StoreId != _catalog.StoreId
            || header.IsCompacted || !_diskRows.ContainsKey(header.DiskId))
        {
            return false;
        }

        if (!_unknownSegments.TryGetValue(header.DiskId, out var list) || list is null)
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
        var isUnknown = _unknownSegments.TryGetValue(row.DiskId, out var candidates);
        candidates ??= isUnknown ? ListUnknown(row.DiskId) : [];
        var replayed = new List<LogSegment>();
        try
        {
            Replay(row, head, candidates, replayed);
            var disk = Serve(row, head, replayed);
            _unknownSegments.TryRemove(row.DiskId, out _);
            return disk;
        }
        catch
        {
            // The next one who needs the disk starts anew, from what the store then holds.
            foreach (var segment in replayed.Where(segment => !segment.Layer.IsSealed))
            {
                segment.Layer.Update(index => index.WithPublished(segment, null));
                _files.Forget(segment.Id);
                _files.Return(segment.File);
            }

            _unknownSegments[row.DiskId] = null;
            throw;
        }
    }

    private EngineDisk Serve(DiskRow row, Layer head, List<LogSegment> replayed)
    {
        var applied = replayed.Count == 0 ? row.PublishedSequence : replayed[^1].LastApplied;
        var disk = MakeDisk(row, head, applied, replayed.Count == 0 ? row.LastSegmentId : replayed[^1].Id);
        if (replayed.Count == 0)
        {
            return disk;
        }

        foreach (var segment in replayed)
        {
            segment.Layer.Update(index => index.WithReplayed(segment));
            disk.Log.AdoptRecovered(segment);
        }

        _store.SyncNames(StoreArea.Segments);
        Say(false, $"Disk {row.DiskId}: replayed {replayed.Count} segment(s) up to sequence {applied}.");
        PublishAll(disk);
        replayed.RemoveAll(segment => _segments.ContainsKey(segment.Id));
        return disk.Log.UnpublishedCount == 0
            ? disk
            : throw new EngineException(EngineFault.Faulted,
                $"Disk {row.DiskId}: the recovered log could not be published; see the log for the device error.");
    }

    // A disk that was closed after a fault left files that the first look at the store did not see.
    private List<SegmentHeader> ListUnknown(string diskId)
    {
        var found = new List<SegmentHeader>();
        foreach (var id in _store.List(StoreArea.Segments).Where(id => !_segments.ContainsKey(id)))
        {
            if (ReadSegmentHeader(id) is { IsCompacted: false } header && header.DiskId == diskId
                && header.StoreId == _catalog.StoreId)
            {
                found.Add(header);
            }
        }

        return found;
    }

    private void Replay(DiskRow row, Layer head, List<SegmentHeader> candidates, List<LogSegment> replayed)
    {
        var previousId = row.LastSegmentId;
        var expected = row.PublishedSequence + 1;
        foreach (var header in candidates.OrderBy(header => header.SegmentId))
        {
            var continues = header.PreviousSegmentId == previousId && header.FirstSequence == expected;
            if (!continues)
            {
                _store.MoveToLost(StoreArea.Segments, header.SegmentId);
                _store.SyncNames(StoreArea.Segments);
                Say(false,
                    $"Disk {row.DiskId}: segment {header.SegmentId} does not continue the log; it was moved to the " +
                    "lost folder.");
                continue;
            }

            var segment = ReplaySegment(header, LayerAt(row, head, expected));
            replayed.Add(segment);
            previousId = header.SegmentId;
            expected = segment.LastApplied + 1;
        }
    }

    // The layer whose range of sequences holds this one; the head takes what a flip without a commit wrote above it.
    private static Layer LayerAt(DiskRow row, Layer head, long sequence) =>
        head.Family.Layers.Find(layer => layer.DiskId == row.DiskId && layer.IsSealed
            && layer.FirstSequence <= sequence && sequence <= layer.LastSequence) ?? head;

    // A segment without a record is taken over too: the next one names it as the one before.
    private LogSegment ReplaySegment(SegmentHeader header, Layer layer)
    {
        IndexOf(layer);
        var file = _files.Adopt(header.SegmentId, _store.Open(StoreArea.Segments, header.SegmentId, writable: true));
        try
        {
            file.File.DropResident();
            var scan = new SegmentScan(file.File, header);
            scan.Run();
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
        catch
        {
            _files.Forget(header.SegmentId);
            _files.Return(file);
            throw;
        }
    }
}
