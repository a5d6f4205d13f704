namespace Tidemark.Nbd.Tests.Support;

/// <summary>One client's view of a <see cref="MemoryDisk"/>.</summary>
internal sealed class MemoryExport : Export
{
    private readonly string _name;
    private readonly MemoryDisk _disk;

    public MemoryExport(string name, MemoryDisk disk)
    {
        _name = name;
        _disk = disk;
        _disk.CountOpen(1);
    }

    public override string Name => _name;

    public override string Description => _disk.Description;

    public override long SizeBytes => _disk.SizeBytes;

    public override bool IsReadOnly => _disk.IsReadOnly;

    public override ExportPace? Pace => _disk.Pace;
    public override bool HoldsWrites => _disk.HoldsWrites;

    public override ExportCounters Counters => _disk.Counters;

    public override IReadOnlyList<string> MetaContexts => _disk.Contexts;

    public override bool TryResolveContext(string name) =>
        base.TryResolveContext(name) || _disk.HiddenContexts.Contains(name);

    protected override NbdError ReadCore(long offset, Span<byte> destination) =>
        _disk.IsCold ? _disk.ReadSlowly(offset, destination) : _disk.Read(offset, destination);

    protected override NbdError TryReadResidentCore(long offset, Span<byte> destination, out bool wouldBlock)
    {
        wouldBlock = _disk.IsCold;
        return wouldBlock ? NbdError.None : _disk.Read(offset, destination);
    }

    protected override NbdError WriteCore(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload) =>
        _disk.Write(batch, payload);

    protected override NbdError FlushCore() => _disk.Flush();

    protected override NbdError TrimCore(long offset, long lengthBytes) =>
        _disk.Zero("trim", offset, lengthBytes, isAllocated: false);

    protected override NbdError WriteZeroesCore(long offset, long lengthBytes, bool keepAllocated, bool onlyIfFast) =>
        onlyIfFast && (keepAllocated || lengthBytes < BlockSizePreferredBytes)
            ? NbdError.NotSupported
            : _disk.Zero("zero", offset, lengthBytes, keepAllocated);

    protected override NbdError CacheCore(long offset, long lengthBytes)
    {
        _disk.Calls.Enqueue($"cache {offset} {lengthBytes}");
        return NbdError.None;
    }

    protected override NbdError BlockStatusCore(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents) =>
        _disk.Status(offset, lengthBytes, extentsMax, extents);

    protected override void Dispose(bool disposing)
    {
        _disk.CountOpen(-1);
        base.Dispose(disposing);
    }
}
