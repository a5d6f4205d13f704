using System.Collections.Concurrent;

namespace Tidemark.Nbd.Tests.Support;

/// <summary>
/// A disk in memory that exports share, with knobs for faults and delays, and a record of what was asked.
/// </summary>
internal sealed class MemoryDisk(long sizeBytes)
{
    private const int BlockBytes = 4096;

    private readonly Lock _gate = new();
    private readonly byte[] _bytes = new byte[sizeBytes];
    private readonly bool[] _isAllocated = new bool[(sizeBytes + BlockBytes - 1) / BlockBytes];
    private int _openCount;
    private int _flushCount;
    private int _coldReadCount;

    public long SizeBytes => _bytes.Length;

    public string Description { get; set; } = "";

    public bool IsReadOnly { get; set; }

    public ExportPace? Pace { get; set; }

    public ExportCounters Counters { get; } = new();

    /// <summary>Reads go through the slow path.</summary>
    public volatile bool IsCold;

    /// <summary>Slow reads wait here.</summary>
    public ManualResetEventSlim ReadGate { get; } = new(true);

    /// <summary>Flushes wait here.</summary>
    public ManualResetEventSlim FlushGate { get; } = new(true);

    /// <summary>Writes wait here.</summary>
    public ManualResetEventSlim WriteGate { get; } = new(true);

    /// <summary>Offset and length of reads that fail.</summary>
    /// <summary>Whether the export says that writes have to wait.</summary>
    public volatile bool HoldsWrites;

    public Func<long, int, NbdError> ReadFault { get; set; } = (_, _) => NbdError.None;

    public Func<long, int, NbdError> WriteFault { get; set; } = (_, _) => NbdError.None;

    public Func<NbdError> FlushFault { get; set; } = () => NbdError.None;

    public string[] Contexts { get; set; } = [Export.BaseAllocation];

    public string[] HiddenContexts { get; set; } = [];

    /// <summary>What block status says instead of the truth.</summary>
    public StatusExtent[]? StatusAnswer { get; set; }

    /// <summary>Whether calls are noted; off where allocations are counted.</summary>
    public bool IsNoting { get; set; } = true;

    public ConcurrentQueue<int> BatchSizes { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Exports that are open now.</summary>
    public int OpenCount => Volatile.Read(ref _openCount);

    public int FlushCount => Volatile.Read(ref _flushCount);

    public int ColdReadCount => Volatile.Read(ref _coldReadCount);

    public Span<byte> Bytes => _bytes;

    public void CountOpen(int change) => Interlocked.Add(ref _openCount, change);

    public NbdError Read(long offset, Span<byte> destination)
    {
        var error = ReadFault(offset, destination.Length);
        if (error != NbdError.None)
            return error;
        _bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
        return NbdError.None;
    }

    public NbdError ReadSlowly(long offset, Span<byte> destination)
    {
        Interlocked.Increment(ref _coldReadCount);
        ReadGate.Wait();
        return Read(offset, destination);
    }

    public NbdError Write(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload)
    {
        WriteGate.Wait();
        if (IsNoting)
            BatchSizes.Enqueue(batch.Length);
        foreach (var request in batch)
        {
            var error = WriteFault(request.Offset, request.LengthBytes);
            if (error != NbdError.None)
                return error;
            var source = payload.Slice(request.PayloadStart, request.LengthBytes);
            source.CopyTo(_bytes.AsSpan((int)request.Offset));
            Allocate(request.Offset, request.LengthBytes, true);
        }

        return NbdError.None;
    }

    public NbdError Flush()
    {
        FlushGate.Wait();
        var error = FlushFault();
        Interlocked.Increment(ref _flushCount);
        return error;
    }

    public NbdError Zero(string call, long offset, long lengthBytes, bool isAllocated)
    {
        if (IsNoting)
            Calls.Enqueue($"{call} {offset} {lengthBytes} {isAllocated}");
        _bytes.AsSpan((int)offset, (int)lengthBytes).Clear();
        Allocate(offset, lengthBytes, isAllocated);
        return NbdError.None;
    }

    public NbdError Status(long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        if (StatusAnswer != null)
        {
            extents.AddRange(StatusAnswer);
            return NbdError.None;
        }

        lock (_gate)
        {
            var end = offset + lengthBytes;
            while (offset < end && extents.Count < extentsMax)
            {
                var start = offset;
                var isAllocated = _isAllocated[offset / BlockBytes];
                while (offset < end && _isAllocated[offset / BlockBytes] == isAllocated)
                    offset = Math.Min(end, (offset / BlockBytes * BlockBytes) + BlockBytes);
                extents.Add(new StatusExtent(offset - start, isAllocated ? 0 : StatusExtent.Hole | StatusExtent.Zero));
            }
        }

        return NbdError.None;
    }

    private void Allocate(long offset, long lengthBytes, bool isAllocated)
    {
        lock (_gate)
        {
            var first = offset / BlockBytes;
            var last = (offset + lengthBytes - 1) / BlockBytes;
            for (var block = first; block <= last; block++)
                _isAllocated[block] = isAllocated;
        }
    }
}
