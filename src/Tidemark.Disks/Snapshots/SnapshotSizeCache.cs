using System.Collections.Concurrent;
using Tidemark.Catalog;
using Tidemark.Engine;

namespace Tidemark.Disks.Snapshots;

/// <summary>
/// How much a disk's snapshots hold, remembered for a minute while their number stays, so that a list of disks does not
/// ask the engine each time. An entry goes with its disk's last snapshot.
/// </summary>
internal sealed class SnapshotSizeCache(StorageEngine engine, SqlCatalog catalog, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Bytes that would come back if all snapshots of a disk were deleted together.</summary>
    public long BytesOf(string diskId, int snapshotCount)
    {
        if (snapshotCount == 0)
        {
            _entries.TryRemove(diskId, out _);
            return 0;
        }

        var now = time.GetUtcNow();
        if (_entries.TryGetValue(diskId, out var entry) && now - entry.Time < Lifetime
            && entry.SnapshotCount == snapshotCount)
            return entry.Bytes;
        var bytes = Ask(diskId);
        _entries[diskId] = new Entry(snapshotCount, bytes, now);
        return bytes;
    }

    private long Ask(string diskId)
    {
        try
        {
            return engine.FreedIfDropped(catalog.Read(reader => SnapshotTable.LayersOfDisk(reader, diskId)), []);
        }
        catch (EngineException)
        {
            // A snapshot was deleted meanwhile; the figure is shown only, and the next one is right.
            return 0;
        }
    }

    private sealed record Entry(int SnapshotCount, long Bytes, DateTimeOffset Time);
}
