using System.Collections.Concurrent;
using Tidemark.Engine;

namespace Tidemark.Disks.Snapshots;

/// <summary>
/// How much a disk's snapshots hold, remembered for some seconds, so that a list of disks does not ask the engine each time. An entry goes
/// with its disk's last snapshot.
/// </summary>
internal sealed class SnapshotSizeCache(StorageEngine engine, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Bytes that would come back if these snapshots of a disk were deleted together.</summary>
    /// <param name="diskId">The disk.</param>
    /// <param name="layerIds">The layers that its snapshots name, in order.</param>
    public long BytesOf(string diskId, IReadOnlyList<long> layerIds)
    {
        if (layerIds.Count == 0)
        {
            _entries.TryRemove(diskId, out _);
            return 0;
        }

        var now = time.GetUtcNow();
        if (_entries.TryGetValue(diskId, out var entry) && now - entry.Time < Lifetime
            && entry.LayerIds.SequenceEqual(layerIds))
            return entry.Bytes;
        var bytes = Ask(layerIds);
        _entries[diskId] = new Entry(layerIds, bytes, now);
        return bytes;
    }

    private long Ask(IReadOnlyList<long> layerIds)
    {
        try
        {
            return engine.FreedIfDropped(layerIds, []);
        }
        catch (EngineException)
        {
            // A snapshot was deleted meanwhile; the figure is shown only, and the next one is right.
            return 0;
        }
    }

    private sealed record Entry(IReadOnlyList<long> LayerIds, long Bytes, DateTimeOffset Time);
}
