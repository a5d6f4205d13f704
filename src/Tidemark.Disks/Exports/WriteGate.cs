namespace Tidemark.Disks.Exports;

/// <summary>
/// Where the writes of one disk pass, and wait while it is suspended, never longer than was said. An open gate costs a
/// write two counts on a line of memory that is its client's own.
/// </summary>
/// <param name="time">The clock; only elapsed time is asked for.</param>
internal sealed class WriteGate(TimeProvider time)
{
    private readonly object _lock = new(); // guards changes of the members below
    private readonly HashSet<WriteLane> _lanes = [];
    private volatile bool _isHeld;
    private long _heldSince;
    private TimeSpan _heldFor;

    /// <summary>Whether writes may have to wait; may still say so a moment after the hold has ended.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>Whether a client is there.</summary>
    public bool IsUsed
    {
        get
        {
            lock (_lock)
                return _lanes.Count > 0;
        }
    }

    /// <summary>A client comes.</summary>
    public WriteLane Join()
    {
        var lane = new WriteLane();
        lock (_lock)
            _lanes.Add(lane);
        return lane;
    }

    /// <summary>A client has gone; none of its writes runs any more.</summary>
    public void Leave(WriteLane lane)
    {
        lock (_lock)
            _lanes.Remove(lane);
    }

    /// <summary>A write begins; it waits while the gate is held.</summary>
    public void Enter(WriteLane lane)
    {
        lane.Begin();
        while (_isHeld)
        {
            Exit(lane);
            WaitReleased();
            lane.Begin();
        }
    }

    /// <summary>A write has ended.</summary>
    public void Exit(WriteLane lane)
    {
        lane.End();
        if (!_isHeld)
            return;
        lock (_lock)
            Monitor.PulseAll(_lock);
    }

    /// <summary>
    /// Holds writes from now on, and waits for those that run. A gate that is held already is held anew from now.
    /// </summary>
    /// <param name="length">For how long.</param>
    /// <param name="patience">How long to wait for writes that run.</param>
    /// <returns>False, and nothing is held, when one still runs after that.</returns>
    public bool TryHold(TimeSpan length, TimeSpan patience)
    {
        lock (_lock)
        {
            var start = time.GetTimestamp();
            Hold(length + patience);
            // A write that does not see the hold is seen here, and the other way round.
            Interlocked.MemoryBarrier();
            while (_lanes.Any(lane => lane.IsBusy))
            {
                var left = patience - time.GetElapsedTime(start);
                // Waiting gives the lock back: somebody may have let writes pass meanwhile.
                if (left > TimeSpan.Zero && Monitor.Wait(_lock, left) && _isHeld)
                    continue;
                Open();
                return false;
            }

            // What was said counts from the moment when nothing is written any more.
            Hold(length);
            return true;
        }
    }

    /// <summary>Lets writes pass again.</summary>
    /// <returns>Whether they were held until now.</returns>
    public bool Release()
    {
        lock (_lock)
        {
            var wasHeld = _isHeld && Left() > TimeSpan.Zero;
            Open();
            return wasHeld;
        }
    }

    private void Hold(TimeSpan length)
    {
        _heldSince = time.GetTimestamp();
        _heldFor = length;
        _isHeld = true;
    }

    private void WaitReleased()
    {
        lock (_lock)
        {
            while (_isHeld)
            {
                var left = Left();
                if (left <= TimeSpan.Zero)
                    Open();
                else
                    Monitor.Wait(_lock, left);
            }
        }
    }

    private TimeSpan Left() => _heldFor - time.GetElapsedTime(_heldSince);

    private void Open()
    {
        _isHeld = false;
        Monitor.PulseAll(_lock);
    }
}
