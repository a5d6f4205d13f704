using Tidemark.Engine.Format;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Log;

/// <summary>
/// A disk's log. A record is reserved (sequence, segment, slots) under the append lock, written outside of it, and
/// applied in the order of sequences: it enters the layer and the map, and its writer is answered, only once every
/// earlier record is complete. So what was answered is a prefix, and nothing after a hole is ever answered.
/// </summary>
internal sealed partial class DiskLog
{
    private const int WindowRecords = 4096;
    private const int UnpublishedMax = 256;
    private const int AllocationStepSlots = 256;
    private const int UnsyncedStepsMax = 4;

    private readonly LogTarget _target;
    private readonly Lock _append = new();
    private readonly object _applied = new();
    private readonly LogRecord?[] _complete = new LogRecord?[WindowRecords];
    private readonly List<LogSegment> _unpublished = [];
    private readonly byte[] _headerBlock = new byte[Blocks.SizeBytes];
    private LogSegment? _current;
    private Layer _layer;
    private long _reservedSequence;
    private long _appliedSequence;
    private long _lastSegmentId;
    private int _exclusiveWriters;
    private bool _isClosed;
    private volatile bool _isFaulted;

    /// <summary>Continues a log after its last applied sequence.</summary>
    public DiskLog(LogTarget target, Layer head, long appliedSequence, long lastSegmentId)
    {
        _target = target;
        _layer = head;
        _reservedSequence = appliedSequence;
        _appliedSequence = appliedSequence;
        _durableSequence = appliedSequence;
        _lastSegmentId = lastSegmentId;
    }

    /// <summary>True after a device error; final for this log.</summary>
    public bool IsFaulted => _isFaulted;

    /// <summary>The open layer that takes the next record.</summary>
    public Layer Head => Volatile.Read(ref _layer);

    /// <summary>The last sequence that was applied, and so may have been answered.</summary>
    public long AppliedSequence => Volatile.Read(ref _appliedSequence);

    /// <summary>The last segment that the log made.</summary>
    public long LastSegmentId => Volatile.Read(ref _lastSegmentId);

    /// <summary>
    /// Appends a record and waits until it is applied. <paramref name="data"/> is its data, in the order of its
    /// extents.
    /// </summary>
    /// <param name="record">What to write; not empty.</param>
    /// <param name="data">As many bytes as the record has data blocks.</param>
    /// <param name="isExclusive">True between <see cref="BeginExclusive"/> and <see cref="EndExclusive"/>.</param>
    /// <returns><see cref="AppendResult.Busy"/> when a read-modify-write is running: take its lock and append
    /// exclusively.</returns>
    public AppendResult Append(LogRecord record, ReadOnlySpan<byte> data, bool isExclusive)
    {
        var reserved = Reserve(record, isExclusive);
        if (reserved != AppendResult.Done)
        {
            return reserved;
        }

        return WriteReserved(record, data) ? Complete(record) : AppendResult.Failed;
    }

    /// <summary>
    /// Waits until everything reserved so far is applied and keeps other writers from reserving outside the exclusive
    /// lock.
    /// </summary>
    public void BeginExclusive()
    {
        long reserved;
        lock (_append)
        {
            _exclusiveWriters++;
            reserved = _reservedSequence;
        }

        WaitApplied(reserved);
    }

    /// <summary>Lets other writers reserve again.</summary>
    public void EndExclusive()
    {
        lock (_append)
        {
            _exclusiveWriters--;
        }
    }

    /// <summary>Marks the log unusable: everything waiting and everything after it fails.</summary>
    public void Fault(string reason)
    {
        if (!_isFaulted)
        {
            _target.Say(true, $"Disk {_target.DiskId} is FAULTED: {reason} Reopen it to recover from the device.");
        }

        lock (_applied)
        {
            _isFaulted = true;
            Monitor.PulseAll(_applied);
        }

        PulseFlush();
    }

    private AppendResult Reserve(LogRecord record, bool isExclusive)
    {
        lock (_append)
        {
            if (_isFaulted || _isClosed)
            {
                return _isClosed ? AppendResult.Closed : AppendResult.Failed;
            }

            if (_exclusiveWriters > 0 && !isExclusive)
            {
                return AppendResult.Busy;
            }

            if (_reservedSequence - AppliedSequence >= WindowRecords)
            {
                WaitApplied(_reservedSequence - WindowRecords + 1);
            }

            try
            {
                var segment = EnsureRoom(record.SlotCount);
                var slot = segment.NextSlot;
                segment.NextSlot += record.SlotCount;
                segment.LastReserved = ++_reservedSequence;
                record.Place(segment, _reservedSequence, slot);
                return AppendResult.Done;
            }
            catch (StoreException e) when (e.Fault == StoreFault.NoSpace)
            {
                return AppendResult.NoSpace;
            }
            catch (StoreException e)
            {
                Fault(e.Message);
                return AppendResult.Failed;
            }
        }
    }

    // Under the append lock. Throws before anything is reserved, so a full store leaves no hole in the log.
    private LogSegment EnsureRoom(int slotCount)
    {
        var segment = _current;
        if (segment is null || segment.IsClosed || segment.NextSlot + slotCount > SegmentLayout.DataSlotsMax)
        {
            CloseCurrent();
            segment = StartSegment();
        }

        var end = segment.NextSlot + slotCount;
        if (end > segment.AllocatedSlots)
        {
            var from = segment.AllocatedSlots;
            var to = Math.Min((end + AllocationStepSlots - 1) / AllocationStepSlots * AllocationStepSlots,
                SegmentLayout.DataSlotsMax);
            _target.Store.RequireRoomForWriters();
            segment.File.File.Allocate(SegmentLayout.OffsetOf(from), SegmentLayout.OffsetOf(to - from));
            segment.AllocatedSlots = to;
        }

        return segment;
    }

    private LogSegment StartSegment()
    {
        _target.Store.RequireRoomForWriters();
        if (UnpublishedCount >= UnpublishedMax)
        {
            throw new StoreException(StoreFault.NoSpace,
                $"Disk {_target.DiskId} has {UnpublishedMax} segments that could not be published yet; see the log " +
                "for why.");
        }

        var id = _target.NextSegmentId();
        var file = _target.CreateSegment(id);
        var first = _reservedSequence + 1;
        try
        {
            file.File.Allocate(0, SegmentLayout.OffsetOf(AllocationStepSlots));
            new SegmentHeader(
                _target.StoreId, _target.DiskId, _target.Epoch, _layer.Id, _layer.LoadedIndex?.Parent?.Id ?? 0, first,
                _lastSegmentId, id, _layer.SizeBytes).Write(_headerBlock);
            file.File.Write(0, _headerBlock, []);
        }
        catch (StoreException)
        {
            _target.AbandonSegment(file);
            throw;
        }

        var segment = new LogSegment(file, _layer, first) { AllocatedSlots = AllocationStepSlots };
        _layer.AddTail(segment);
        lock (_unpublished)
        {
            _unpublished.Add(segment);
        }

        _current = segment;
        Volatile.Write(ref _lastSegmentId, id);
        return segment;
    }

    private void CloseCurrent()
    {
        if (_current is { } segment)
        {
            segment.IsClosed = true;
            _current = null;
        }
    }

    private bool WriteReserved(LogRecord record, ReadOnlySpan<byte> data)
    {
        try
        {
            var segment = record.Segment ?? throw new InvalidOperationException("The record was not reserved.");
            var header = LogScratch.Current.HeaderBlock;
            RecordHeader.Write(header, record.Sequence, segment.Id, _target.Epoch, record.Extents, record.Crcs);
            var offset = SegmentLayout.OffsetOf(record.HeaderSlot);
            segment.File.File.Write(offset, header, data);
            StartWriteOut(segment, record);
            return true;
        }
        catch (StoreException e)
        {
            Fault(e.Message);
            return false;
        }
    }

    // Write-out starts whenever a record crosses a boundary of 1 MiB, and whoever crosses it waits until what lies
    // 4 MiB back has reached the device: a flush or a cut finds little left to write, however fast the writers are.
    private static void StartWriteOut(LogSegment segment, LogRecord record)
    {
        var before = record.HeaderSlot / AllocationStepSlots;
        var after = (record.HeaderSlot + record.SlotCount) / AllocationStepSlots;
        if (after == before)
        {
            return;
        }

        segment.File.File.StartWriteOut(
            SegmentLayout.OffsetOf(before * AllocationStepSlots),
            SegmentLayout.OffsetOf((after - before) * AllocationStepSlots));
        var finished = Math.Max(0, before - UnsyncedStepsMax);
        var finish = Math.Max(0, after - UnsyncedStepsMax);
        segment.File.File.FinishWriteOut(
            SegmentLayout.OffsetOf(finished * AllocationStepSlots),
            SegmentLayout.OffsetOf((finish - finished) * AllocationStepSlots));
    }

    private AppendResult Complete(LogRecord record)
    {
        lock (_applied)
        {
            _complete[record.Sequence % WindowRecords] = record;
            var before = _appliedSequence;
            while (_complete[(_appliedSequence + 1) % WindowRecords] is { } next && !_isFaulted)
            {
                _complete[next.Sequence % WindowRecords] = null;
                Apply(next);
                Volatile.Write(ref _appliedSequence, next.Sequence);
            }

            if (_appliedSequence > before)
            {
                Monitor.PulseAll(_applied);
            }
        }

        return WaitApplied(record.Sequence) ? AppendResult.Done : AppendResult.Failed;
    }

    // The layer first, then the map: a region resolved in between sees the record in the layer.
    private void Apply(LogRecord record)
    {
        record.Segment?.Apply(record);
        var crcs = record.Crcs;
        foreach (ref readonly var extent in record.Extents)
        {
            if (extent.IsZero)
            {
                _target.Map.SetZero(_target.ViewId, extent.FirstBlock, extent.BlockCount);
                continue;
            }

            _target.Map.SetData(_target.ViewId, extent.FirstBlock,
                Map.BlockAddress.Of(extent.SegmentId, extent.Slot), crcs[..extent.BlockCount]);
            crcs = crcs[extent.BlockCount..];
        }
    }

    private bool WaitApplied(long sequence)
    {
        if (AppliedSequence >= sequence)
        {
            return true;
        }

        lock (_applied)
        {
            while (_appliedSequence < sequence && !_isFaulted)
            {
                Monitor.Wait(_applied);
            }

            return _appliedSequence >= sequence;
        }
    }
}
