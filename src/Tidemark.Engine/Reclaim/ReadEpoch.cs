namespace Tidemark.Engine.Reclaim;

/// <summary>
/// Tells when every read that began before a moment has ended. Readers count themselves in and out of the current
/// phase; what was hidden during phase P may be removed once the phase is P + 2, because by then each of the two
/// counters has been seen at zero after the hiding.
/// </summary>
internal sealed class ReadEpoch
{
    private const int Stripes = 16;
    private const int Padding = 8;

    private readonly long[] _readers = new long[2 * Stripes * Padding];
    private long _phase;

    /// <summary>The phase now: the ticket for something that has just been hidden from new reads.</summary>
    public long Phase => Volatile.Read(ref _phase);

    /// <summary>Counts a read in; the token goes to <see cref="Exit"/>.</summary>
    public int Enter()
    {
        var stripe = Environment.CurrentManagedThreadId & (Stripes - 1);
        while (true)
        {
            // Counted in a phase that is still the current one, so that no advance has passed this counter by.
            var phase = Volatile.Read(ref _phase);
            var token = ((int)(phase & 1) * Stripes * Padding) + (stripe * Padding);
            Interlocked.Increment(ref _readers[token]);
            if (Volatile.Read(ref _phase) == phase)
            {
                return token;
            }

            Interlocked.Decrement(ref _readers[token]);
        }
    }

    /// <summary>Counts a read out.</summary>
    public void Exit(int token) => Interlocked.Decrement(ref _readers[token]);

    /// <summary>
    /// Advances the phase when the readers of the one before have gone. Called by one thread at a time.
    /// </summary>
    public bool TryAdvance()
    {
        var next = (_phase + 1) & 1;
        for (var stripe = 0; stripe < Stripes; stripe++)
        {
            if (Volatile.Read(ref _readers[(next * Stripes * Padding) + (stripe * Padding)]) != 0)
            {
                return false;
            }
        }

        Interlocked.Increment(ref _phase);
        return true;
    }

    /// <summary>True when nothing that began before the ticket was taken can still be reading.</summary>
    public bool IsPast(long ticket) => Volatile.Read(ref _phase) >= ticket + 2;
}
