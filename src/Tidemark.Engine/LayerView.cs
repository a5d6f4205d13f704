#pragma warning disable CA1822
namespace Tidemark.Engine;

/// <summary>A sealed layer read as a disk. Pins the layer until disposed: it reads the same bytes even when its last name goes.</summary>
public sealed class LayerView : ReadableDisk, IDisposable
{
    /// <summary>The layer.</summary>
    public long LayerId => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override long SizeBytes => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override IoResult Read(long offset, Span<byte> destination) => throw new InvalidOperationException();

    /// <inheritdoc/>
    public override IoResult TryReadResident(long offset, Span<byte> destination, out bool wouldWait) =>
        throw new InvalidOperationException();

    /// <inheritdoc/>
    public override void MapAllocation(long firstBlock, long blockCount, int rangesMax, List<BlockRange> ranges) =>
        throw new InvalidOperationException();

    /// <inheritdoc/>
    public void Dispose() => throw new InvalidOperationException();
}
