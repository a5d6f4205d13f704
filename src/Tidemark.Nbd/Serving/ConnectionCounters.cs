using System.Diagnostics;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// What one connection did, and how long it took. All but errors and latencies are counted by the connection's thread
/// alone; others read them at any time and may see a value that is a moment old. Nothing here locks or allocates.
/// </summary>
/// <remarks>
/// The clock is read twice for each batch, not for each request: all requests of a batch that the thread answers itself
/// share the time from its arrival to the moment when its last reply is ready, which is when they leave together.
/// </remarks>
internal sealed class ConnectionCounters
{
    private static readonly int KindCount = Enum.GetValues<RequestKind>().Length;

    private readonly LatencyHistogram[] _latencies = NewLatencies();

    // Requests of the batch being worked on that this thread will answer, by kind.
    private readonly int[] _batch = new int[KindCount];
    private long _batchStart;
    private long _requestCount;
    private long _readCount;
    private long _readBytes;
    private long _writeCount;
    private long _writtenBytes;
    private long _flushCount;
    private long _trimCount;
    private long _zeroCount;
    private long _clearedBytes;
    private long _forcedCount;
    private long _ioErrorCount;
    private long _noSpaceCount;
    private long _refusedCount;

    /// <summary>Requests received.</summary>
    public long RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>Bytes that reads asked for.</summary>
    public long ReadBytes => Volatile.Read(ref _readBytes);

    /// <summary>Bytes that came with writes.</summary>
    public long WrittenBytes => Volatile.Read(ref _writtenBytes);

    /// <summary>Requests answered with an error.</summary>
    public long ErrorCount =>
        Volatile.Read(ref _ioErrorCount) + Volatile.Read(ref _noSpaceCount) + Volatile.Read(ref _refusedCount);

    /// <summary>When the batch being worked on arrived; for the connection's thread.</summary>
    public long BatchStart => _batchStart;

    /// <summary>Requests have arrived and are about to be worked on.</summary>
    public void BeginBatch() => _batchStart = Stopwatch.GetTimestamp();

    /// <summary>All of them are answered or put aside.</summary>
    public void EndBatch()
    {
        TimeSpan? elapsed = null;
        for (var kind = 0; kind < _batch.Length; kind++)
        {
            if (_batch[kind] == 0)
                continue;
            elapsed ??= Stopwatch.GetElapsedTime(_batchStart);
            _latencies[kind].Record(elapsed.Value, _batch[kind]);
            _batch[kind] = 0;
        }
    }

    /// <summary>A request of the batch will be answered by another thread, see <see cref="CountAside"/>.</summary>
    public void PutAside(RequestKind kind) => _batch[(int)kind]--;

    /// <summary>A request that was put aside is answered.</summary>
    /// <param name="kind">What it waited for.</param>
    /// <param name="start">The <see cref="BatchStart"/> of its batch.</param>
    public void CountAside(RequestKind kind, long start) =>
        _latencies[(int)kind].Record(Stopwatch.GetElapsedTime(start));

    /// <summary>One request came.</summary>
    public void CountRequest() => Add(ref _requestCount, 1);

    /// <summary>A read asked for bytes.</summary>
    public void CountRead(long lengthBytes)
    {
        Add(ref _readCount, 1);
        Add(ref _readBytes, lengthBytes);
        _batch[(int)RequestKind.Read]++;
    }

    /// <summary>A write brought bytes.</summary>
    public void CountWrite(long lengthBytes, bool isForced)
    {
        Add(ref _writeCount, 1);
        Add(ref _writtenBytes, lengthBytes);
        CountChange(RequestKind.Write, isForced);
    }

    /// <summary>A trim covered bytes.</summary>
    public void CountTrim(long lengthBytes, bool isForced)
    {
        Add(ref _trimCount, 1);
        Add(ref _clearedBytes, lengthBytes);
        CountChange(RequestKind.Trim, isForced);
    }

    /// <summary>A write-zeroes covered bytes.</summary>
    public void CountZeroes(long lengthBytes, bool isForced)
    {
        Add(ref _zeroCount, 1);
        Add(ref _clearedBytes, lengthBytes);
        CountChange(RequestKind.Trim, isForced);
    }

    /// <summary>A FLUSH came.</summary>
    public void CountFlush()
    {
        Add(ref _flushCount, 1);
        _batch[(int)RequestKind.Flush]++;
    }

    /// <summary>A request was answered; called from several threads.</summary>
    public void CountAnswer(NbdError error)
    {
        if (error == NbdError.None)
            return;
        if (error == NbdError.Io)
            Interlocked.Increment(ref _ioErrorCount);
        else if (error == NbdError.NoSpace)
            Interlocked.Increment(ref _noSpaceCount);
        else
            Interlocked.Increment(ref _refusedCount);
    }

    /// <summary>Adds everything to a sum.</summary>
    public void AddTo(ExportFigures sum)
    {
        sum.ReadCount += Volatile.Read(ref _readCount);
        sum.ReadBytes += ReadBytes;
        sum.WriteCount += Volatile.Read(ref _writeCount);
        sum.WrittenBytes += WrittenBytes;
        sum.FlushCount += Volatile.Read(ref _flushCount);
        sum.TrimCount += Volatile.Read(ref _trimCount);
        sum.ZeroCount += Volatile.Read(ref _zeroCount);
        sum.ClearedBytes += Volatile.Read(ref _clearedBytes);
        sum.ForcedCount += Volatile.Read(ref _forcedCount);
        sum.IoErrorCount += Volatile.Read(ref _ioErrorCount);
        sum.NoSpaceCount += Volatile.Read(ref _noSpaceCount);
        sum.RefusedCount += Volatile.Read(ref _refusedCount);
        for (var kind = 0; kind < _latencies.Length; kind++)
            sum.LatencyOf((RequestKind)kind).Add(_latencies[kind]);
    }

    // Written by one thread only, so an addition need not be atomic.
    private static void Add(ref long counter, long addend) => Volatile.Write(ref counter, counter + addend);

    private static LatencyHistogram[] NewLatencies()
    {
        var latencies = new LatencyHistogram[KindCount];
        for (var kind = 0; kind < latencies.Length; kind++)
            latencies[kind] = new LatencyHistogram();
        return latencies;
    }

    private void CountChange(RequestKind kind, bool isForced)
    {
        if (isForced)
            Add(ref _forcedCount, 1);
        _batch[(int)(isForced ? RequestKind.Flush : kind)]++;
    }
}
