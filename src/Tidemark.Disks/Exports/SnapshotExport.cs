using System.Collections.Concurrent;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// A snapshot as one client sees it: read-only, pinned, with a context for what changed since any other snapshot of its
/// family.
/// </summary>
internal sealed class SnapshotExport : Export
{
    // A client selects few; more only means that somebody tries names.
    private const int BitmapsMax = 32;
    private const int ListedBitmapsMax = 8;

    private readonly DomainParts _parts;
    private readonly Snapshot _snapshot;
    private readonly LayerView _view;
    private readonly ConcurrentDictionary<string, DirtyBitmap> _bitmaps = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<string>> _contexts;

    /// <summary>An export over a view, which it owns.</summary>
    public SnapshotExport(DomainParts parts, Snapshot snapshot, LayerView view, ExportCounters counters)
    {
        Counters = counters;
        _parts = parts;
        _snapshot = snapshot;
        _view = view;
        _contexts = new Lazy<IReadOnlyList<string>>(ListContexts);
    }

    /// <inheritdoc/>
    public override string Name => _snapshot.SnapshotId;

    /// <inheritdoc/>
    public override string Description => $"snapshot {_snapshot.SnapshotName} of {_snapshot.DiskId}";

    /// <inheritdoc/>
    public override long SizeBytes => _view.SizeBytes;

    /// <inheritdoc/>
    public override bool IsReadOnly => true;

    /// <inheritdoc/>
    public override ExportCounters Counters { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> MetaContexts => _contexts.Value;

    /// <inheritdoc/>
    public override bool TryResolveContext(string name)
    {
        if (name == BaseAllocation || _bitmaps.ContainsKey(name))
            return true;
        if (!name.StartsWith(DirtyBitmap.Prefix, StringComparison.Ordinal) || _bitmaps.Count >= BitmapsMax)
            return false;
        var since = _parts.Catalog.Read(reader => SnapshotTable.Find(reader, name[DirtyBitmap.Prefix.Length..]));
        return since is not null && TryAddBitmap(name, since.LayerId);
    }

    /// <inheritdoc/>
    protected override NbdError ReadCore(long offset, Span<byte> destination) =>
        _view.Read(offset, destination).ToNbd();

    /// <inheritdoc/>
    protected override NbdError TryReadResidentCore(long offset, Span<byte> destination, out bool wouldBlock) =>
        _view.TryReadResident(offset, destination, out wouldBlock).ToNbd();

    /// <inheritdoc/>
    protected override NbdError WriteCore(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload) =>
        NbdError.Perm;

    /// <inheritdoc/>
    protected override NbdError FlushCore() => NbdError.None;

    /// <inheritdoc/>
    protected override NbdError TrimCore(long offset, long lengthBytes) => NbdError.Perm;

    /// <inheritdoc/>
    protected override NbdError WriteZeroesCore(
        long offset, long lengthBytes, bool keepAllocated, bool onlyIfFast) => NbdError.Perm;

    /// <inheritdoc/>
    protected override NbdError BlockStatusCore(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        if (context == BaseAllocation)
            return AllocationStatus.Append(_view, offset, lengthBytes, extentsMax, extents);
        return _bitmaps.TryGetValue(context, out var bitmap)
            ? bitmap.Append(offset, lengthBytes, extentsMax, extents)
            : NbdError.Invalid;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var bitmap in _bitmaps.Values)
            bitmap.Dispose();
        _view.Dispose();
        base.Dispose(disposing);
    }

    private bool TryAddBitmap(string name, long sinceLayerId)
    {
        try
        {
            var bitmap = new DirtyBitmap(_parts.Engine, sinceLayerId, _snapshot.LayerId);
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

    private IReadOnlyList<string> ListContexts()
    {
        const string sql =
            "SELECT snapshot_id FROM snapshots WHERE disk_id = @DiskId AND " +
            "(created_ms < @created OR (created_ms = @created AND layer_id < @LayerId)) " +
            "ORDER BY created_ms DESC, layer_id DESC LIMIT @ListedBitmapsMax";
        var created = _snapshot.CreateTime.ToUnixTimeMilliseconds();
        var older = _parts.Catalog.Read(reader => reader.Query<string>(
            sql, new { _snapshot.DiskId, _snapshot.LayerId, created, ListedBitmapsMax }));
        return [BaseAllocation, .. older.Select(id => DirtyBitmap.Prefix + id)];
    }
}
