namespace Tidemark.Engine.Stores;

/// <summary>How much of a simulated device is taken, in bytes. The store's lock guards it.</summary>
/// <param name="capacityBytes">The size of the device.</param>
internal sealed class SimulatedSpace(long capacityBytes)
{
    private long _usedBytes;

    /// <summary>What can still be taken.</summary>
    public long FreeBytes => Math.Max(capacityBytes - _usedBytes, 0);

    /// <summary>Takes space; false when there is not enough.</summary>
    public bool TryTake(long bytes)
    {
        if (bytes > capacityBytes - _usedBytes)
            return false;
        _usedBytes += bytes;
        return true;
    }

    /// <summary>Counts space that is taken in any case, by what a crash left.</summary>
    public void Count(long bytes) => _usedBytes += bytes;

    /// <summary>Gives space back.</summary>
    public void Release(long bytes) => _usedBytes -= bytes;
}
