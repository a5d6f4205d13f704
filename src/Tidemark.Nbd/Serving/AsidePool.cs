namespace Tidemark.Nbd.Serving;

/// <summary>
/// The threads for what must wait, shared by all connections. Exports take turns, and none may hold more than three
/// quarters of the threads, so that a slow one cannot starve the others. What is queued is bounded by the limit of each
/// connection. Threads start on demand and end after ten idle seconds.
/// </summary>
internal sealed class AsidePool(int threadsMax) : IDisposable
{
    private const int StackSizeBytes = 512 * 1024;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly Dictionary<string, AsideLane> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<AsideLane> _ring = new();
    private readonly int _threadsMax = threadsMax;
    private readonly int _laneThreadsMax = Math.Max(1, threadsMax * 3 / 4);
    private int _threadCount;
    private int _idleCount;
    private int _queuedCount;
    private bool _isStopping;

    /// <summary>Joins the lane of an export.</summary>
    public AsideLane OpenLane(string name)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(name, out var lane))
                _lanes.Add(name, lane = new AsideLane(name));
            lane.UserCount++;
            return lane;
        }
    }

    /// <summary>Leaves the lane; the caller has no work in it any more.</summary>
    public void CloseLane(AsideLane lane)
    {
        lock (_gate)
        {
            lane.UserCount--;
            if (lane.UserCount == 0)
                _lanes.Remove(lane.Name);
        }
    }

    /// <summary>Queues work; it will run exactly once.</summary>
    public void Submit(AsideLane lane, AsideWork work)
    {
        lock (_gate)
        {
            lane.Enqueue(work);
            _queuedCount++;
            EnterRing(lane);
            if (_queuedCount > _idleCount && _threadCount < _threadsMax)
                StartThread();
            else
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>Lets the threads end once nothing is queued.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void StartThread()
    {
        _threadCount++;
        new Thread(Work, StackSizeBytes) { IsBackground = true, Name = "nbd aside" }.Start();
    }

    private void Work()
    {
        AsideLane? lane = null;
        while (Next(ref lane) is { } work)
            work.Run();
    }

    /// <summary>Ends the turn of the lane just served and waits for the next; null when the thread shall end.</summary>
    private AsideWork? Next(ref AsideLane? lane)
    {
        lock (_gate)
        {
            if (lane != null)
            {
                lane.RunningCount--;
                EnterRing(lane);
            }

            while (!_ring.TryDequeue(out lane))
            {
                if (!WaitForWork())
                {
                    _threadCount--;
                    return null;
                }
            }

            var work = lane.Dequeue();
            _queuedCount--;
            lane.RunningCount++;
            lane.IsInRing = false;
            EnterRing(lane);
            return work;
        }
    }

    private bool WaitForWork()
    {
        if (_isStopping)
            return false;
        _idleCount++;
        var isPulsed = Monitor.Wait(_gate, IdleTime);
        _idleCount--;
        return isPulsed || _ring.Count > 0;
    }

    private void EnterRing(AsideLane lane)
    {
        if (!lane.HasWork || lane.IsInRing || lane.RunningCount >= _laneThreadsMax)
            return;
        lane.IsInRing = true;
        _ring.Enqueue(lane);
    }
}
