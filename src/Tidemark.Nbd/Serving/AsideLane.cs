namespace Tidemark.Nbd.Serving;

/// <summary>The queue of one export in the pool. All members are guarded by the pool's lock.</summary>
internal sealed class AsideLane(string name)
{
    private AsideWork? _head;
    private AsideWork? _tail;

    /// <summary>The export's name.</summary>
    public string Name { get; } = name;

    /// <summary>Connections that use the lane.</summary>
    public int UserCount { get; set; }

    /// <summary>Threads that work for the lane now.</summary>
    public int RunningCount { get; set; }

    /// <summary>Whether the lane stands in the ring of lanes that may be served.</summary>
    public bool IsInRing { get; set; }

    /// <summary>Whether work waits.</summary>
    public bool HasWork => _head != null;

    /// <summary>Adds work at the end.</summary>
    public void Enqueue(AsideWork work)
    {
        work.Next = null;
        if (_tail == null)
            _head = work;
        else
            _tail.Next = work;
        _tail = work;
    }

    /// <summary>Takes the oldest work; the lane must have some.</summary>
    public AsideWork Dequeue()
    {
        var work = _head ?? throw new InvalidOperationException("An empty lane was asked for work.");
        _head = work.Next;
        if (_head == null)
            _tail = null;
        work.Next = null;
        return work;
    }
}
