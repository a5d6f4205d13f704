namespace Tidemark.Nbd.Tests.Support;

/// <summary>Time that stands still until it is moved; a tick is a microsecond.</summary>
internal sealed class SettableTime : TimeProvider
{
    private long _timestamp = 1_000_000_000;

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => Volatile.Read(ref _timestamp);

    public void Move(TimeSpan time) => Interlocked.Add(ref _timestamp, (long)time.TotalMicroseconds);
}
