namespace Tidemark.Engine.Layers;

/// <summary>Holds the lifecycle gates of several disks, always taken in the same order.</summary>
internal sealed class LifecycleGates : IDisposable
{
    private readonly EngineDisk[] _disks;

    /// <summary>Takes the gate of each disk.</summary>
    public LifecycleGates(IEnumerable<EngineDisk> disks)
    {
        _disks = [.. disks.OrderBy(disk => disk.DiskId, StringComparer.Ordinal)];
        foreach (var disk in _disks)
        {
            disk.LifecycleGate.Enter();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var disk in _disks)
        {
            disk.LifecycleGate.Exit();
        }
    }
}
