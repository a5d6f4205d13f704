namespace Tidemark.Disks.Background;

/// <summary>
/// How fast background work may go: a bucket of bytes that fills at a rate. The rate rises while clients are
/// answered as fast as they are used to, and is halved when they wait longer; it never falls to nothing. Besides, work
/// takes at most a fifth of one core. Belongs to one thread.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class WorkPace(TimeProvider time)
{
    /// <summary>The least rate, in bytes a second: what is dead comes back, however busy the clients are.</summary>
    public const long RateMin = 2L << 20;

    /// <summary>The highest rate.</summary>
    public const long RateMax = 256L << 20;

    // What a step may take at once: while clients are served, little, so that none is held up long.
    private const long StepBytesIdle = 8L << 20;
    private const long StepBytesBusy = 1L << 20;
    private const long StepBytesMin = 64L << 10;

    // A mean so much above what clients are used to halves the rate; below the other one, it rises by a quarter.
    private const double SlowRatio = 1.3;
    private const double CalmRatio = 1.15;

    // What clients are used to: the best mean lately, forgotten by two percent with each window.
    private const double Forgetting = 1.02;
    private const int RequestsMin = 16;
    private const int WorkShare = 4;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RestMax = TimeSpan.FromSeconds(1);

    private long _windowStart = time.GetTimestamp();
    private long _filledAt = time.GetTimestamp();
    private (long Count, long Ticks) _seen;
    private double _usualTicks;
    private double _tokens = StepBytesIdle;

    /// <summary>Bytes a second that work may take now.</summary>
    public long Rate { get; private set; } = RateMax;

    /// <summary>
    /// Looks at how clients fare (requests so far, and the time that they took in all) and returns what the next step
    /// may take.
    /// </summary>
    public long NextBudget(bool isIdle, (long Count, long Ticks) clients)
    {
        Adapt(isIdle, clients);
        Fill();
        var most = isIdle ? StepBytesIdle : StepBytesBusy;
        return (long)Math.Clamp(_tokens, StepBytesMin, most);
    }

    /// <summary>Counts a step, and returns how long to rest after it.</summary>
    public TimeSpan RestAfter(long spentBytes, TimeSpan elapsed)
    {
        Fill();
        _tokens -= spentBytes;
        var lacking = TimeSpan.FromSeconds(Math.Max(StepBytesMin - _tokens, 0) / Rate);
        var share = elapsed * WorkShare;
        var rest = lacking > share ? lacking : share;
        return rest < RestMax ? rest : RestMax;
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * Rate), StepBytesIdle);
        _filledAt = now;
    }

    private void Adapt(bool isIdle, (long Count, long Ticks) clients)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_windowStart, now) < Window)
            return;
        _windowStart = now;
        var count = clients.Count - _seen.Count;
        var mean = count > 0 ? (double)(clients.Ticks - _seen.Ticks) / count : 0;
        _seen = clients;
        if (isIdle)
        {
            Rate = RateMax;
            return;
        }

        // Few requests tell nothing.
        if (count < RequestsMin)
            return;
        _usualTicks = _usualTicks > 0 ? Math.Min(_usualTicks * Forgetting, mean) : mean;
        if (mean > _usualTicks * SlowRatio)
            Rate = Math.Max(Rate / 2, RateMin);
        else if (mean < _usualTicks * CalmRatio)
            Rate = Math.Min(Rate + (Rate / 4), RateMax);
    }
}
