using System.Collections.Concurrent;
using Tidemark.Catalog;
using Tidemark.Disks.Types;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// The pace of each disk that clients use: one for all its connections, with the limits of the disk's type, size and
/// extra throughput. A disk that changes keeps its pace, with new limits.
/// </summary>
internal sealed class DiskPaces(SqlCatalog catalog, TimeProvider time)
{
    // For so long a disk with burst saves up what it does not use.
    private static readonly TimeSpan BurstSaved = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, ExportPace> _paces = new(StringComparer.Ordinal);

    /// <summary>The pace of a disk, with the limits of now.</summary>
    public ExportPace Of(string diskId)
    {
        var pace = _paces.GetOrAdd(diskId, _ => new ExportPace(time));
        Refresh(diskId);
        return pace;
    }

    /// <summary>Takes over what a disk's row says now; a pace that is not used, or whose disk is gone, goes.</summary>
    public void Refresh(string diskId)
    {
        if (!_paces.TryGetValue(diskId, out var pace))
            return;
        if (catalog.Read(reader => DiskTable.Find(reader, diskId)) is not { } disk)
        {
            _paces.TryRemove(diskId, out _);
            return;
        }

        var limit = DiskTypeTable.LimitOf(disk);
        pace.SetLimits(
            limit.RequestsPerSecond, limit.BytesPerSecond, limit.HasBurst ? BurstSaved : TimeSpan.Zero);
    }

    /// <summary>The same for all disks.</summary>
    public void RefreshAll()
    {
        foreach (var diskId in _paces.Keys)
            Refresh(diskId);
    }
}
