using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>A disk as one client sees it. Its size stays what it was when the client connected.</summary>
internal sealed class DiskExport : Export
{
    // 32 pieces of 16 bytes: what fits on the stack; a longer batch goes to the engine in parts.
    private const int PiecesMax = 32;

    private readonly EngineDisk _disk;
    private readonly DiskClients _clients;
    private readonly WriteActivity _activity;

    /// <summary>
    /// An export whose client <paramref name="clients"/> has let in; it leaves when the export is disposed.
    /// </summary>
    public DiskExport(
        EngineDisk disk, string description, DiskClients clients, WriteActivity activity, ExportCounters counters)
    {
        Counters = counters;
        _disk = disk;
        _clients = clients;
        _activity = activity;
        Name = disk.DiskId;
        Description = description;
        SizeBytes = disk.SizeBytes;
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
    public override ExportCounters Counters { get; }

    /// <inheritdoc/>
    protected override NbdError ReadCore(long offset, Span<byte> destination) =>
        _disk.Read(offset, destination).ToNbd();

    /// <inheritdoc/>
    protected override NbdError TryReadResidentCore(long offset, Span<byte> destination, out bool wouldBlock) =>
        _disk.TryReadResident(offset, destination, out wouldBlock).ToNbd();

    /// <inheritdoc/>
    protected override NbdError WriteCore(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload)
    {
        _activity.Note();
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

        return NbdError.None;
    }

    /// <inheritdoc/>
    protected override NbdError FlushCore() => _disk.Flush().ToNbd();

    /// <inheritdoc/>
    protected override NbdError TrimCore(long offset, long lengthBytes)
    {
        _activity.Note();
        return _disk.Trim(offset, lengthBytes).ToNbd();
    }

    /// <inheritdoc/>
    protected override NbdError WriteZeroesCore(long offset, long lengthBytes, bool keepAllocated, bool onlyIfFast)
    {
        // Zeros are index entries: always fast. A log keeps no place for later writes, so there is nothing to keep
        // allocated.
        _activity.Note();
        return _disk.WriteZeroes(offset, lengthBytes).ToNbd();
    }

    /// <inheritdoc/>
    protected override NbdError BlockStatusCore(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents) =>
        AllocationStatus.Append(_disk, offset, lengthBytes, extentsMax, extents);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _clients.Leave(Name);
        base.Dispose(disposing);
    }
}
