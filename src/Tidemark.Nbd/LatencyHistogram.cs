namespace Tidemark.Nbd;

/// <summary>
/// How long things took: counts in fixed buckets from 20 µs to 5 s, and the sum. Recording is two atomic additions,
/// without lock or allocation; reading sees each count at some moment near now. Safe for concurrent use.
/// </summary>
public sealed class LatencyHistogram
{
    // 1, 2, 5 for each power of ten; the last bucket has no bound.
    private static readonly long[] Bounds =
    [
        .. new[]
        {
            0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5,
        }.Select(seconds => TimeSpan.FromSeconds(seconds).Ticks),
    ];

    private readonly long[] _counts = new long[BucketCount];
    private long _sumTicks;

    /// <summary>Buckets, the one without a bound included.</summary>
    public static int BucketCount => Bounds.Length + 1;

    /// <summary>Recorded so far.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var bucket = 0; bucket < _counts.Length; bucket++)
                count += CountIn(bucket);
            return count;
        }
    }

    /// <summary>All times together.</summary>
    public TimeSpan Sum => TimeSpan.FromTicks(Volatile.Read(ref _sumTicks));

    /// <summary>The longest time that a bucket counts; null for the last one, which has no bound.</summary>
    public static TimeSpan? BoundOf(int bucket) => bucket < Bounds.Length ? TimeSpan.FromTicks(Bounds[bucket]) : null;

    /// <summary>What one bucket alone holds.</summary>
    public long CountIn(int bucket) => Volatile.Read(ref _counts[bucket]);

    /// <summary>Counts <paramref name="count"/> things that took so long each.</summary>
    public void Record(TimeSpan elapsed, long count = 1)
    {
        // A clock that went back is no reason for a sum that does.
        var ticks = Math.Max(elapsed.Ticks, 0);
        var bucket = 0;
        while (bucket < Bounds.Length && ticks > Bounds[bucket])
            bucket++;
        Interlocked.Add(ref _counts[bucket], count);
        Interlocked.Add(ref _sumTicks, ticks * count);
    }

    /// <summary>Adds what another one holds.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
            Interlocked.Add(ref _counts[bucket], other.CountIn(bucket));
        Interlocked.Add(ref _sumTicks, other.Sum.Ticks);
    }
}
