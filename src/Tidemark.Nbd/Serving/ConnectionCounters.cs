namespace Tidemark.Nbd.Serving;

/// <summary>
/// What one connection did. All but the errors are counted by the connection's thread alone; others read them at any
/// time and may see a value that is a moment old.
/// </summary>
internal sealed class ConnectionCounters
{
    private long _requestCount;
    private long _readBytes;
    private long _writtenBytes;
    private long _errorCount;

    /// <summary>Requests received.</summary>
    public long RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>Bytes that reads asked for.</summary>
    public long ReadBytes => Volatile.Read(ref _readBytes);

    /// <summary>Bytes that came with writes.</summary>
    public long WrittenBytes => Volatile.Read(ref _writtenBytes);

    /// <summary>Requests answered with an error.</summary>
    public long ErrorCount => Volatile.Read(ref _errorCount);

    /// <summary>One request came.</summary>
    public void CountRequest() => Volatile.Write(ref _requestCount, _requestCount + 1);

    /// <summary>A read asked for bytes.</summary>
    public void CountRead(long lengthBytes) => Volatile.Write(ref _readBytes, _readBytes + lengthBytes);

    /// <summary>A write brought bytes.</summary>
    public void CountWrite(long lengthBytes) => Volatile.Write(ref _writtenBytes, _writtenBytes + lengthBytes);

    /// <summary>A request was answered; called from several threads.</summary>
    public void CountAnswer(NbdError error)
    {
        if (error != NbdError.None)
            Interlocked.Increment(ref _errorCount);
    }
}
