namespace Tidemark.Engine.Stores;

/// <summary>
/// Keeps the calls that a directory store made, in the order in which they returned, for tests that build what a power
/// cut could leave. A call is on record before the operation that made it returns.
/// </summary>
internal sealed class SystemCallRecorder
{
    private readonly Lock _gate = new(); // guards _calls
    private readonly List<SystemCall> _calls = [];

    /// <summary>How many calls are on record.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    /// <summary>Appends a call.</summary>
    public void Add(SystemCall call)
    {
        lock (_gate)
            _calls.Add(call);
    }

    /// <summary>The first <paramref name="count"/> calls.</summary>
    public IReadOnlyList<SystemCall> First(int count)
    {
        lock (_gate)
            return _calls.GetRange(0, count);
    }
}
