using System.Collections.Concurrent;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Reclaim;

/// <summary>
/// Gives back what no name can see: slots, segments, index files. Everything that comes in is already hidden by a
/// commit that is durable; it is removed once every read that began before has ended. Work is done in
/// <see cref="Step"/> only. What is forgotten here with the process is found again: retired segments in the catalog,
/// the rest by the sweep.
/// </summary>
internal sealed class ReclaimQueue : IDisposable
{
    private const int SegmentsHeldMax = 65_536;
    private const int PunchSlotsMin = 16;
    private const int RemovalsAtOnce = 64;

    private readonly Store _store;
    private readonly EngineCatalog _catalog;
    private readonly SegmentFiles _files;
    private readonly ChunkFiles _chunks;
    private readonly ReadEpoch _epoch;
    private readonly ConcurrentQueue<Hidden> _hidden = new();
    private readonly Dictionary<long, DeadSlots> _dead = [];
    private readonly Queue<long> _large = new();
    private readonly Queue<long> _small = new();
    private readonly Queue<Hidden> _removable = new();
    private long _pendingSlots;
    private long _punchedSlots;

    /// <summary>Makes an empty queue.</summary>
    public ReclaimQueue(Store store, EngineCatalog catalog, SegmentFiles files, ChunkFiles chunks, ReadEpoch epoch)
    {
        _store = store;
        _catalog = catalog;
        _files = files;
        _chunks = chunks;
        _epoch = epoch;
    }

    /// <summary>Bytes of dead slots that are not yet given back.</summary>
    public long PendingBytes => Volatile.Read(ref _pendingSlots) << Blocks.SizeShift;

    /// <summary>Bytes that were punched out of segments so far.</summary>
    public long PunchedBytes => Volatile.Read(ref _punchedSlots) << Blocks.SizeShift;

    /// <summary>Changes and files that wait; read between steps.</summary>
    public int QueuedCount => _hidden.Count + _removable.Count;

    /// <summary>For each segment with dead slots: how many. Enumerated between steps.</summary>
    public IEnumerable<(long SegmentId, long SlotCount)> DeadSlotCounts =>
        _dead.Select(pair => (pair.Key, (long)pair.Value.Count));

    /// <summary>Slots that a committed change has hidden.</summary>
    public void Hide(IReadOnlyList<DeadRange> ranges)
    {
        if (ranges.Count > 0)
        {
            _hidden.Enqueue(new Hidden(_epoch.Phase, HiddenKind.Slots, 0, ranges));
            Interlocked.Add(ref _pendingSlots, ranges.Sum(range => (long)range.SlotCount));
        }
    }

    /// <summary>Segments that the catalog lists as retired.</summary>
    public void RetireSegments(IReadOnlyList<long> segmentIds) => Enqueue(HiddenKind.RetiredSegment, segmentIds);

    /// <summary>Segments that the catalog never listed and whose records were dropped.</summary>
    public void RemoveUnlisted(IReadOnlyList<long> segmentIds) => Enqueue(HiddenKind.UnlistedSegment, segmentIds);

    /// <summary>Index files that no row refers to any more.</summary>
    public void RetireChunks(IReadOnlyList<long> chunkIds) => Enqueue(HiddenKind.Chunk, chunkIds);

    /// <summary>
    /// Does a piece of work: moves the read epoch on, removes files, punches dead runs of at least 64 KiB, and when
    /// <paramref name="isIdle"/> also the smaller ones. False when there is nothing left to do.
    /// </summary>
    /// <param name="isIdle">True when nobody is waiting for the device.</param>
    /// <param name="removed">Called with the segments whose rows are gone.</param>
    public bool Step(bool isIdle, Action<long> removed)
    {
        var isAdvanced = !_hidden.IsEmpty && _epoch.TryAdvance();
        while (_hidden.TryPeek(out var first) && _epoch.IsPast(first.Ticket) && _hidden.TryDequeue(out first))
        {
            Accept(first);
        }

        return Remove(removed) || Punch(_large, PunchSlotsMin) || (isIdle && Punch(_small, 1))
            || (isAdvanced && !_hidden.IsEmpty);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dead.Clear();
        _hidden.Clear();
    }

    private void Enqueue(HiddenKind kind, IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            _hidden.Enqueue(new Hidden(_epoch.Phase, kind, id, []));
        }
    }

    private void Accept(Hidden hidden)
    {
        if (hidden.Kind != HiddenKind.Slots)
        {
            _removable.Enqueue(hidden);
            return;
        }

        foreach (var range in hidden.Ranges)
        {
            AddDead(range);
        }
    }

    private void AddDead(DeadRange range)
    {
        if (!_dead.TryGetValue(range.SegmentId, out var slots))
        {
            if (_dead.Count >= SegmentsHeldMax)
            {
                // Not lost: the sweep finds slots that are allocated and not referred to.
                Interlocked.Add(ref _pendingSlots, -range.SlotCount);
                return;
            }

            slots = new DeadSlots();
            _dead.Add(range.SegmentId, slots);
            _large.Enqueue(range.SegmentId);
            _small.Enqueue(range.SegmentId);
        }
        else if (range.SlotCount >= PunchSlotsMin || slots.Count % PunchSlotsMin == 0)
        {
            _large.Enqueue(range.SegmentId);
        }

        var before = slots.Count;
        slots.Add(range.Slot, range.SlotCount);
        Interlocked.Add(ref _pendingSlots, slots.Count - before - range.SlotCount);
    }

    private bool Remove(Action<long> removed)
    {
        if (_removable.Count == 0)
        {
            return false;
        }

        var rows = new List<long>();
        for (var i = 0; i < RemovalsAtOnce && _removable.TryDequeue(out var next); i++)
        {
            if (next.Kind == HiddenKind.Chunk)
            {
                _chunks.Delete(next.Id);
                continue;
            }

            // Forgotten after it is gone: a reader that opened it in between does not keep it open, and its space.
            _store.Delete(StoreArea.Segments, next.Id);
            _files.Forget(next.Id);
            _chunks.ForgetFooter(next.Id);
            ForgetDead(next.Id);
            if (next.Kind == HiddenKind.RetiredSegment)
            {
                rows.Add(next.Id);
            }
        }

        _store.SyncNames(StoreArea.Segments);
        _store.SyncNames(StoreArea.Index);
        if (rows.Count > 0)
        {
            _catalog.Commit(transaction => rows.ForEach(transaction.DeleteSegment));
            rows.ForEach(removed);
        }

        return true;
    }

    private void ForgetDead(long segmentId)
    {
        if (_dead.Remove(segmentId, out var slots))
        {
            Interlocked.Add(ref _pendingSlots, -slots.Count);
        }
    }

    private bool Punch(Queue<long> queue, int slotsMin)
    {
        while (queue.TryDequeue(out var segmentId))
        {
            if (_dead.TryGetValue(segmentId, out var slots) && slots.Count > 0)
            {
                TryPunchSegment(segmentId, slots, slotsMin);
                return true;
            }
        }

        return false;
    }

    // A segment may have gone as a whole since its slots died.
    private void TryPunchSegment(long segmentId, DeadSlots slots, int slotsMin)
    {
        try
        {
            PunchSegment(segmentId, slots, slotsMin);
        }
        catch (StoreException e) when (e.Fault == StoreFault.Missing)
        {
            ForgetDead(segmentId);
        }
        catch (StoreException)
        {
            // Tried again with the segment's next turn.
            _large.Enqueue(segmentId);
            _small.Enqueue(segmentId);
            throw;
        }
    }

    private void PunchSegment(long segmentId, DeadSlots slots, int slotsMin)
    {
        using var file = _store.Open(StoreArea.Segments, segmentId, writable: true);
        var from = 0;
        while (slots.TryTakeRun(from, slotsMin, out var slot, out var count))
        {
            try
            {
                file.Punch(SegmentLayout.OffsetOf(slot), SegmentLayout.OffsetOf(count));
            }
            catch (StoreException)
            {
                slots.Add(slot, count);
                throw;
            }

            Interlocked.Add(ref _pendingSlots, -count);
            Interlocked.Add(ref _punchedSlots, count);
            from = slot + count;
        }

        if (slots.Count == 0)
        {
            _dead.Remove(segmentId);
        }
    }

    private readonly record struct Hidden(long Ticket, HiddenKind Kind, long Id, IReadOnlyList<DeadRange> Ranges);

    private enum HiddenKind
    {
        Slots,
        RetiredSegment,
        UnlistedSegment,
        Chunk,
    }
}
