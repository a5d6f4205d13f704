using Tidemark.Engine.Format;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Log;

/// <content>
/// Durability. One flush runs at a time and the others wait; a waiting one is covered by the next run. Segments are
/// synced in their order, so that one counts as durable only when every earlier one is.
/// </content>
internal sealed partial class DiskLog
{
    private readonly object _flush = new();
    private readonly List<LogSegment> _syncing = [];
    private long _durableSequence;
    private bool _isFlushing;

    /// <summary>Everything up to this sequence is durable.</summary>
    public long DurableSequence => Volatile.Read(ref _durableSequence);

    /// <summary>Makes everything applied so far durable; false when the device failed, now or before.</summary>
    public bool Flush() => FlushThrough(AppliedSequence);

    /// <summary>Makes everything up to a sequence that is applied durable.</summary>
    public bool FlushThrough(long sequence)
    {
        while (true)
        {
            lock (_flush)
            {
                while (_isFlushing && !_isFaulted && _durableSequence < sequence)
                {
                    Monitor.Wait(_flush);
                }

                if (_isFaulted)
                {
                    return false;
                }

                if (_durableSequence >= sequence)
                {
                    return true;
                }

                _isFlushing = true;
            }

            SyncOnce();
        }
    }

    private void SyncOnce()
    {
        var reached = AppliedSequence;
        try
        {
            SyncSegments(reached);
            Volatile.Write(ref _durableSequence, reached);
        }
        catch (StoreException e)
        {
            Fault(e.Message);
        }
        finally
        {
            lock (_flush)
            {
                _isFlushing = false;
                Monitor.PulseAll(_flush);
            }
        }
    }

    // Runs one at a time, so the list is its own; a flush allocates nothing.
    private void SyncSegments(long reached)
    {
        lock (_unpublished)
        {
            foreach (var segment in _unpublished)
            {
                if (segment.FirstSequence <= reached)
                {
                    _target.Files.Retain(segment.File);
                    _syncing.Add(segment);
                }
            }
        }

        try
        {
            SyncRetained(reached);
        }
        finally
        {
            foreach (var segment in _syncing)
            {
                _target.Files.Return(segment.File);
            }

            _syncing.Clear();
        }
    }

    private void SyncRetained(long reached)
    {
        var areNamesSynced = true;
        foreach (var segment in _syncing)
        {
            var last = Math.Min(segment.LastApplied, reached);
            if (segment.SyncedSequence < last)
            {
                var nextSlot = segment.NextSlot;
                segment.File.File.Sync();
                segment.SyncedSequence = last;
                segment.SyncedSlot = nextSlot;
            }

            areNamesSynced &= segment.IsNameSynced;
        }

        if (!areNamesSynced)
        {
            _target.Store.SyncNames(StoreArea.Segments);
            foreach (var segment in _syncing)
            {
                segment.IsNameSynced = true;
            }
        }
    }

    private void PulseFlush()
    {
        lock (_flush)
        {
            Monitor.PulseAll(_flush);
        }
    }

    /// <summary>
    /// Takes the append lock of a disk for a cut of several at once; <see cref="EndFlip"/> gives it back.
    /// </summary>
    public void BeginFlip() => _append.Enter();

    /// <summary>See <see cref="BeginFlip"/>.</summary>
    public void EndFlip() => _append.Exit();

    /// <summary>
    /// Makes <paramref name="next"/> the layer of every later record. Under the append lock; does no I/O.
    /// Returns the last sequence of the layer before.
    /// </summary>
    public long Flip(Layer next)
    {
        CloseCurrent();
        Volatile.Write(ref _layer, next);
        return _reservedSequence;
    }

    /// <summary>
    /// Under the append lock: waits until everything reserved is applied; false when the log is faulted.
    /// </summary>
    public bool Settle() => WaitApplied(_reservedSequence) && !_isFaulted;

    /// <summary>Waits until everything up to a sequence is applied; false when the log is faulted.</summary>
    public bool SettleThrough(long sequence) => WaitApplied(sequence) && !_isFaulted;

    /// <summary>Takes every unpublished segment out of the log, which takes no records meanwhile.</summary>
    public IReadOnlyList<LogSegment> TakeUnpublished()
    {
        CloseCurrent();
        lock (_unpublished)
        {
            var dropped = _unpublished.ToArray();
            _unpublished.Clear();
            return dropped;
        }
    }

    /// <summary>Lets no more records in; what is in flight is applied.</summary>
    public void Close()
    {
        lock (_append)
        {
            CloseCurrent();
            _isClosed = true;
            WaitApplied(_reservedSequence);
        }
    }

    /// <summary>Ends the current segment if it holds at least so many slots, so that it can be published.</summary>
    public void CloseSegment(int slotsMin)
    {
        lock (_append)
        {
            if (_current is { } segment
                && segment.NextSlot >= slotsMin
                && segment.LastReserved >= segment.FirstSequence)
            {
                CloseCurrent();
            }
        }
    }

    /// <summary>The oldest unpublished segment when it is complete; null otherwise.</summary>
    public LogSegment? OldestComplete()
    {
        lock (_unpublished)
        {
            return _unpublished.Count > 0 && _unpublished[0].IsComplete ? _unpublished[0] : null;
        }
    }

    /// <summary>True when a segment of another layer than the head waits to be published.</summary>
    public bool HasUnpublishedBelow(Layer head)
    {
        lock (_unpublished)
        {
            return _unpublished.Exists(segment => segment.Layer != head);
        }
    }

    /// <summary>How many segments are not yet published.</summary>
    public int UnpublishedCount
    {
        get
        {
            lock (_unpublished)
            {
                return _unpublished.Count;
            }
        }
    }

    /// <summary>Bytes in segments that are not yet published.</summary>
    public long UnpublishedBytes => SumUnpublished(segment => segment.NextSlot);

    /// <summary>Bytes written, or being written, since the last sync of their segment; roughly, for figures.</summary>
    public long UnsyncedBytes => SumUnpublished(segment => segment.NextSlot - segment.SyncedSlot);

    /// <summary>Forgets a segment that the catalog now lists.</summary>
    public void Published(LogSegment segment)
    {
        lock (_unpublished)
        {
            _unpublished.Remove(segment);
        }
    }

    /// <summary>Takes over a segment found by recovery, complete and synced.</summary>
    public void AdoptRecovered(LogSegment segment)
    {
        segment.IsClosed = true;
        segment.SyncedSlot = segment.NextSlot;
        lock (_unpublished)
        {
            _unpublished.Add(segment);
        }
    }

    private long SumUnpublished(Func<LogSegment, int> slotsOf)
    {
        lock (_unpublished)
        {
            return _unpublished.Sum(segment => (long)slotsOf(segment)) << Blocks.SizeShift;
        }
    }
}
