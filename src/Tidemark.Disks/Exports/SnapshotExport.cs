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
    private const int ListedBitmapsMax = 8;

    private readonly DomainParts _parts;
    private readonly Snapshot _snapshot;
    private readonly LayerView _view;
    private readonly DirtyBitmaps _contexts;

    /// <summary>An export over a view, which it owns.</summary>
    public SnapshotExport(DomainParts parts, Snapshot snapshot, LayerView view, ExportCounters counters)
    {
        Counters = counters;
        _parts = parts;
        _snapshot = snapshot;
        _view = view;
        _contexts = new DirtyBitmaps(parts, view, ListOlderSnapshots);
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
    public override IReadOnlyList<string> MetaContexts => _contexts.Listed;

    /// <inheritdoc/>
    public override bool TryResolveContext(string name) => _contexts.TryResolve(name);

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
    protected override NbdError CacheCore(long offset, long lengthBytes) =>
        ReadAhead.Run(_view, offset, lengthBytes);

    /// <inheritdoc/>
    protected override NbdError BlockStatusCore(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents) =>
        _contexts.Append(context, offset, lengthBytes, extentsMax, extents);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _contexts.Dispose();
        _view.Dispose();
        base.Dispose(disposing);
    }

    private IReadOnlyList<string> ListOlderSnapshots()
    {
        const string sql =
            "SELECT snapshot_id FROM snapshots WHERE disk_id = @DiskId AND deleted_ms IS NULL AND " +
            "(created_ms < @created OR (created_ms = @created AND layer_id < @LayerId)) " +
            "ORDER BY created_ms DESC, layer_id DESC LIMIT @ListedBitmapsMax";
        var created = _snapshot.CreateTime.ToUnixTimeMilliseconds();
        return _parts.Catalog.Read(reader => reader.Query<string>(
            sql, new { _snapshot.DiskId, _snapshot.LayerId, created, ListedBitmapsMax }));
    }
}
