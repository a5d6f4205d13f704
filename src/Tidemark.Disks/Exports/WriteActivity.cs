namespace Tidemark.Disks.Exports;

/// <summary>Says whether anybody writes. Counts roughly, so that writers never wait for each other here.</summary>
internal sealed class WriteActivity
{
    private long _count;

    /// <summary>Differs from an earlier value when something was written since.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Something was written. Two threads at once may count as one.</summary>
    public void Note() => Volatile.Write(ref _count, _count + 1);
}
