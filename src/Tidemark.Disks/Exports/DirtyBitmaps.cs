using System.Collections.Concurrent;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// The contexts of one export: <see cref="Export.BaseAllocation"/>, and a bitmap for each snapshot of the family that
/// its client asked about. Safe for concurrent use.
/// </summary>
internal sealed class DirtyBitmaps : IDisposable
{
    // A client selects few; more only means that somebody tries names.
    private const int BitmapsMax = 32;

    private readonly DomainParts _parts;
    private readonly ReadableDisk _disk;
    private readonly ConcurrentDictionary<string, DirtyBitmap> _bitmaps = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<string>> _listed;

    /// <summary>Contexts of what an export serves.</summary>
    /// <param name="parts">The domain.</param>
    /// <param name="disk">The disk or view; stays the caller's.</param>
    /// <param name="listSnapshots">The snapshots that a listing shows, ids, few; asked once, when needed.</param>
    public DirtyBitmaps(DomainParts parts, ReadableDisk disk, Func<IEnumerable<string>> listSnapshots)
    {
        _parts = parts;
        _disk = disk;
        _listed = new Lazy<IReadOnlyList<string>>(
            () => [Export.BaseAllocation, .. listSnapshots().Select(id => DirtyBitmap.Prefix + id)]);
    }

    /// <summary>See <see cref="Export.MetaContexts"/>.</summary>
    public IReadOnlyList<string> Listed => _listed.Value;

    /// <summary>See <see cref="Export.TryResolveContext"/>.</summary>
    public bool TryResolve(string name)
    {
        if (name == Export.BaseAllocation || _bitmaps.ContainsKey(name))
            return true;
        if (!name.StartsWith(DirtyBitmap.Prefix, StringComparison.Ordinal) || _bitmaps.Count >= BitmapsMax)
            return false;
        var since = _parts.Catalog.Read(reader => SnapshotTable.Find(reader, name[DirtyBitmap.Prefix.Length..]));
        return since is not null && TryAdd(name, since.LayerId);
    }

    /// <summary>See <see cref="Export.BlockStatus"/>.</summary>
    public NbdError Append(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        if (context == Export.BaseAllocation)
            return AllocationStatus.Append(_disk, offset, lengthBytes, extentsMax, extents);
        if (!_bitmaps.TryGetValue(context, out var bitmap))
            return NbdError.Invalid;
        bitmap.Append(offset, lengthBytes, extentsMax, extents);
        return NbdError.None;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bitmap in _bitmaps.Values)
            bitmap.Dispose();
        _bitmaps.Clear();
    }

    private bool TryAdd(string name, long sinceLayerId)
    {
        try
        {
            var bitmap = new DirtyBitmap(_parts.Engine, sinceLayerId, _disk);
            if (!_bitmaps.TryAdd(name, bitmap))
                bitmap.Dispose();
            return true;
        }
        catch (EngineException)
        {
            // Another family, or deleted this moment: there is no such context.
            return false;
        }
    }
}
