namespace Tidemark.Nbd.Serving;

/// <summary>
/// The writes gathered from one filling of the receive buffer; their payload stays where it was received. Belongs to
/// one connection's thread and keeps its arrays.
/// </summary>
internal sealed class WriteBatch
{
    private WriteRequest[] _requests = new WriteRequest[64];
    private ulong[] _cookies = new ulong[64];
    private bool[] _mustBeDurable = new bool[64];
    private long[] _starts = new long[64];

    /// <summary>Writes gathered.</summary>
    public int Count { get; private set; }

    /// <summary>Those of them that carry FUA.</summary>
    public int DurableCount { get; private set; }

    /// <summary>The writes, in the order in which they came.</summary>
    public ReadOnlySpan<WriteRequest> Requests => _requests.AsSpan(0, Count);

    /// <summary>The client's name for a write.</summary>
    public ulong CookieAt(int index) => _cookies[index];

    /// <summary>Whether a write carries FUA.</summary>
    public bool MustBeDurableAt(int index) => _mustBeDurable[index];

    /// <summary>When the batch in which a write arrived began; 0 unless it was set.</summary>
    public long StartAt(int index) => _starts[index];

    /// <summary>Says when the last write that was added arrived; for those that outlive their batch.</summary>
    public void SetStart(long start) => _starts[Count - 1] = start;

    /// <summary>Adds a write. What fits in a receive buffer bounds their number.</summary>
    public void Add(ulong cookie, long offset, int payloadStart, int lengthBytes, bool mustBeDurable)
    {
        if (Count == _requests.Length)
        {
            Array.Resize(ref _requests, 2 * Count);
            Array.Resize(ref _cookies, 2 * Count);
            Array.Resize(ref _mustBeDurable, 2 * Count);
            Array.Resize(ref _starts, 2 * Count);
        }

        _requests[Count] = new WriteRequest(offset, payloadStart, lengthBytes);
        _cookies[Count] = cookie;
        _mustBeDurable[Count] = mustBeDurable;
        Count++;
        if (mustBeDurable)
            DurableCount++;
    }

    /// <summary>Forgets all writes.</summary>
    public void Clear()
    {
        Count = 0;
        DurableCount = 0;
    }
}
