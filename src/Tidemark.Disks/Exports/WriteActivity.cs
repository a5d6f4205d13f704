using System.Diagnostics;

namespace Tidemark.Disks.Exports;

/// <summary>
/// Says whether anybody writes, and how long clients wait for the storage. Counts roughly, so that nobody waits for
/// anybody here: two threads at once may count as one.
/// </summary>
internal sealed class WriteActivity
{
    private long _count;
    private long _answeredCount;
    private long _answeredTicks;

    /// <summary>Differs from an earlier value when something was written since.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Calls into the storage that were timed, and how long they took together; neither ever falls.</summary>
    public (long Count, long Ticks) Answered => (Volatile.Read(ref _answeredCount), Volatile.Read(ref _answeredTicks));

    /// <summary>Something was written.</summary>
    public void Note() => Volatile.Write(ref _count, _count + 1);

    /// <summary>A call into the storage begins; the moment goes to <see cref="End"/>.</summary>
    public static long Begin() => Stopwatch.GetTimestamp();

    /// <summary>The call has ended.</summary>
    public void End(long begun)
    {
        Volatile.Write(ref _answeredTicks, _answeredTicks + Stopwatch.GetElapsedTime(begun).Ticks);
        Volatile.Write(ref _answeredCount, _answeredCount + 1);
    }
}
