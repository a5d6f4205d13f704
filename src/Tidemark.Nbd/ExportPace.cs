namespace Tidemark.Nbd;

/// <summary>
/// How fast all connections to one export together may go: two buckets, of requests and of bytes, that fill evenly.
/// Each request takes a place in the line of its own, so connections are served in the order in which they ask, and
/// none gets ahead by asking for more at once. Safe for concurrent use; nobody waits in here.
/// </summary>
/// <remarks>
/// A bucket is kept as the moment at which everything taken from it is paid for. What is taken goes at once when that
/// moment has passed; otherwise it goes at that moment, and the moment moves on by its cost.
/// </remarks>
public sealed class ExportPace
{
    // So much unused time counts: a thread that wakes up late loses nothing, and there are no visible bursts.
    private static readonly TimeSpan SavedMin = TimeSpan.FromMilliseconds(50);

    // Guards the members below; never held while anybody waits.
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private double _ticksPerRequest;
    private double _ticksPerByte;
    private long _savedTicks;
    private double _requestsPaidAt;
    private double _bytesPaidAt;

    /// <summary>Without limits until they are set.</summary>
    public ExportPace(TimeProvider time)
    {
        _time = time;
        _requestsPaidAt = _bytesPaidAt = time.GetTimestamp();
    }

    /// <summary>Requests a second; 0 for any number.</summary>
    public long RequestsPerSecond { get; private set; }

    /// <summary>Bytes read and written in a second; 0 for any number.</summary>
    public long BytesPerSecond { get; private set; }

    /// <summary>Sets the limits; they hold for what comes from now on.</summary>
    /// <param name="requestsPerSecond">Requests a second; 0 for any number.</param>
    /// <param name="bytesPerSecond">Bytes read and written in a second; 0 for any number.</param>
    /// <param name="savedTime">For how long what was not used is kept; at least 50 milliseconds.</param>
    public void SetLimits(long requestsPerSecond, long bytesPerSecond, TimeSpan savedTime)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestsPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(bytesPerSecond);
        lock (_gate)
        {
            RequestsPerSecond = requestsPerSecond;
            BytesPerSecond = bytesPerSecond;
            _ticksPerRequest = requestsPerSecond == 0 ? 0 : (double)_time.TimestampFrequency / requestsPerSecond;
            _ticksPerByte = bytesPerSecond == 0 ? 0 : (double)_time.TimestampFrequency / bytesPerSecond;
            var saved = savedTime > SavedMin ? savedTime : SavedMin;
            _savedTicks = (long)(saved.TotalSeconds * _time.TimestampFrequency);
        }
    }

    /// <summary>Takes a place for one request; returns when it may go, for <see cref="Lacking"/>.</summary>
    internal long Take(long lengthBytes)
    {
        lock (_gate)
        {
            var earliest = (double)(_time.GetTimestamp() - _savedTicks);
            var requestsAt = Math.Max(_requestsPaidAt, earliest);
            var bytesAt = Math.Max(_bytesPaidAt, earliest);
            _requestsPaidAt = requestsAt + _ticksPerRequest;
            _bytesPaidAt = bytesAt + (lengthBytes * _ticksPerByte);
            return (long)Math.Max(requestsAt, bytesAt);
        }
    }

    /// <summary>How long it is until a moment; zero or less when it has come.</summary>
    internal TimeSpan Lacking(long moment)
    {
        var ticks = moment - _time.GetTimestamp();
        return ticks <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)ticks / _time.TimestampFrequency);
    }
}
