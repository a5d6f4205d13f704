using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>A disk as one client sees it. Its size stays what it was when the client connected.</summary>
internal sealed class DiskExport : Export
{
    // 32 pieces of 16 bytes: what fits on the stack; a longer batch goes to the engine in parts.
    private const int PiecesMax = 32;

    private const int ListedBitmapsMax = 8;

    private readonly DomainParts _parts;
    private readonly EngineDisk _disk;
    private readonly WriteActivity _activity;
    private readonly DirtyBitmaps _contexts;
    private readonly WriteGate _gate;
    private readonly WriteLane _lane;

    /// <summary>
    /// An export whose client <see cref="DomainParts.Clients"/> has let in; it leaves when the export is disposed.
    /// </summary>
    public DiskExport(
        DomainParts parts, EngineDisk disk, string description, DiskExports exports, ExportCounters counters)
    {
        _gate = exports.Gates.Of(disk.DiskId);
        _lane = _gate.Join();
        Counters = counters;
        _parts = parts;
        _disk = disk;
        _activity = exports.Activity;
        Name = disk.DiskId;
        Description = description;
        SizeBytes = disk.SizeBytes;
        Pace = parts.Paces?.Of(disk.DiskId);
        _contexts = new DirtyBitmaps(parts, disk, ListSnapshots);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override long SizeBytes { get; }

    /// <inheritdoc/>
    public override bool IsReadOnly => false;

    /// <inheritdoc/>
    public override bool HoldsWrites => _gate.IsHeld;

    /// <inheritdoc/>
    public override ExportCounters Counters { get; }

    /// <inheritdoc/>
    public override ExportPace? Pace { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> MetaContexts => _contexts.Listed;

    /// <inheritdoc/>
    public override bool TryResolveContext(string name) => _contexts.TryResolve(name);

    /// <inheritdoc/>
    protected override NbdError ReadCore(long offset, Span<byte> destination)
    {
        var begun = WriteActivity.Begin();
        var result = _disk.Read(offset, destination).ToNbd();
        _activity.End(begun);
        return result;
    }

    /// <inheritdoc/>
    protected override NbdError TryReadResidentCore(long offset, Span<byte> destination, out bool wouldBlock) =>
        _disk.TryReadResident(offset, destination, out wouldBlock).ToNbd();

    /// <inheritdoc/>
    protected override NbdError WriteCore(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload)
    {
        _gate.Enter(_lane);
        try
        {
            return WritePieces(batch, payload);
        }
        finally
        {
            _gate.Exit(_lane);
        }
    }

    /// <inheritdoc/>
    protected override NbdError FlushCore() => _disk.Flush().ToNbd();

    /// <inheritdoc/>
    protected override NbdError TrimCore(long offset, long lengthBytes)
    {
        _gate.Enter(_lane);
        try
        {
            _activity.Note();
            return _disk.Trim(offset, lengthBytes).ToNbd();
        }
        finally
        {
            _gate.Exit(_lane);
        }
    }

    /// <inheritdoc/>
    protected override NbdError WriteZeroesCore(long offset, long lengthBytes, bool keepAllocated, bool onlyIfFast)
    {
        if (onlyIfFast && !ZeroWrites.IsFast(offset, lengthBytes, keepAllocated))
            return NbdError.NotSupported;
        _gate.Enter(_lane);
        try
        {
            _activity.Note();
            var result = keepAllocated
                ? ZeroWrites.WriteAllocated(_disk, offset, lengthBytes)
                : _disk.WriteZeroes(offset, lengthBytes);
            return result.ToNbd();
        }
        finally
        {
            _gate.Exit(_lane);
        }
    }

    /// <inheritdoc/>
    protected override NbdError CacheCore(long offset, long lengthBytes) =>
        ReadAhead.Run(_disk, offset, lengthBytes);

    /// <inheritdoc/>
    protected override NbdError BlockStatusCore(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents) =>
        _disk.IsFaulted ? NbdError.Io : _contexts.Append(context, offset, lengthBytes, extentsMax, extents);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _contexts.Dispose();
        _gate.Leave(_lane);
        _parts.Clients.Leave(Name);
        base.Dispose(disposing);
    }

    private NbdError WritePieces(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload)
    {
        _activity.Note();
        var begun = WriteActivity.Begin();
        Span<WritePiece> pieces = stackalloc WritePiece[PiecesMax];
        while (batch.Length > 0)
        {
            var count = Math.Min(batch.Length, PiecesMax);
            for (var index = 0; index < count; index++)
            {
                ref readonly var request = ref batch[index];
                pieces[index] = new WritePiece(request.Offset, request.PayloadStart, request.LengthBytes);
            }

            var result = _disk.Write(pieces[..count], payload);
            if (result != IoResult.Done)
                return result.ToNbd();
            batch = batch[count..];
        }

        _activity.End(begun);
        return NbdError.None;
    }

    // The newest snapshots of the disk, and the one that it was made from.
    private List<string> ListSnapshots()
    {
        const string newestSql =
            "SELECT snapshot_id FROM snapshots WHERE disk_id = @Name AND deleted_ms IS NULL " +
            "ORDER BY created_ms DESC, layer_id DESC LIMIT @ListedBitmapsMax";
        const string sourceSql =
            "SELECT snapshot_id FROM snapshots WHERE deleted_ms IS NULL AND snapshot_id = " +
            "(SELECT source_snapshot_id FROM disks WHERE disk_id = @Name)";
        return _parts.Catalog.Read(reader => reader.Query<string>(newestSql, new { Name, ListedBitmapsMax })
            .Concat(reader.Query<string>(sourceSql, new { Name }))
            .ToList());
    }
}
