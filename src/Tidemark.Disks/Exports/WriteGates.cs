using System.Collections.Concurrent;

namespace Tidemark.Disks.Exports;

/// <summary>The gates of all disks; one is made when it is first asked for.</summary>
/// <param name="time">The clock.</param>
internal sealed class WriteGates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, WriteGate> _gates = new(StringComparer.Ordinal);
    private volatile bool _isClosing;

    /// <summary>Whether nothing may be held any more, because the server stops.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>The gate of a disk.</summary>
    public WriteGate Of(string diskId) => _gates.GetOrAdd(diskId, static (_, time) => new WriteGate(time), time);

    /// <summary>Lets all writes pass, from now on for good.</summary>
    public void Close()
    {
        _isClosing = true;
        foreach (var gate in _gates.Values)
            gate.Release();
    }

    /// <summary>Forgets the gates of disks that are gone, and that no client uses.</summary>
    public void Forget(Func<string, bool> isPresent)
    {
        foreach (var (diskId, gate) in _gates)
        {
            if (!isPresent(diskId) && !gate.IsUsed && _gates.TryRemove(diskId, out _))
                gate.Release();
        }
    }
}
