namespace Tidemark.Nbd.Serving;

/// <summary>A read above 1 MiB, answered in chunks as its parts come in; the last to finish ends the reply.</summary>
internal sealed class SplitRead(ulong cookie)
{
    // One for the thread that hands out the parts.
    private int _openCount = 1;

    /// <summary>The client's name for the request.</summary>
    public ulong Cookie { get; } = cookie;

    /// <summary>One more part went aside.</summary>
    public void AddPart() => Interlocked.Increment(ref _openCount);

    /// <summary>One part was answered, or all were handed out; true for the last, who ends the reply.</summary>
    public bool FinishPart() => Interlocked.Decrement(ref _openCount) == 0;
}
