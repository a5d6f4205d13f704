namespace Tidemark.Disks.Exports;

/// <summary>Counts the writes that run for one client, who may have several at once.</summary>
internal sealed class WriteLane
{
    private int _runningCount;

    /// <summary>Whether one runs now.</summary>
    public bool IsBusy => Volatile.Read(ref _runningCount) > 0;

    /// <summary>One begins. Everybody sees it before what its thread reads next.</summary>
    public void Begin() => Interlocked.Increment(ref _runningCount);

    /// <summary>One has ended.</summary>
    public void End() => Interlocked.Decrement(ref _runningCount);
}
