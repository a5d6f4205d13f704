#pragma warning disable CA1822
namespace Tidemark.Engine;

/// <summary>An open disk. One instance for each disk and engine; safe for concurrent use.</summary>
public sealed class EngineDisk : ReadableDisk
{
    /// <summary>The id it was created with.</summary>
    public string DiskId => throw new InvalidOperationException();

    /// <summary>True after a device error: everything is answered <see cref="IoResult.Failed"/> until the disk is reopened.</summary>
    public bool IsFaulted => throw new InvalidOperationException();

    /// <summary>Raised when answered writes that were not flushed may have been lost.</summary>
    public long BootGeneration => throw new InvalidOperationException();

    /// <summary>The open layer that the disk names now.</summary>
    public long HeadLayerId => throw new InvalidOperationException();

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

    /// <summary>
    /// Writes a batch in order. On <see cref="IoResult.Done"/> the bytes are where the death of the process cannot reach
    /// them; they are durable after the next <see cref="Flush"/>. Otherwise a prefix of the pieces may have been written.
    /// </summary>
    public IoResult Write(ReadOnlySpan<WritePiece> pieces, ReadOnlySpan<byte> payload) =>
        throw new InvalidOperationException();

    /// <summary>Makes everything answered before this call durable. One runs at a time; waiting ones share the next.</summary>
    public IoResult Flush() => throw new InvalidOperationException();

    /// <summary>Makes whole blocks in the range read as zeros; partial blocks at its edges are left as they are.</summary>
    public IoResult Trim(long offset, long lengthBytes) => throw new InvalidOperationException();

    /// <summary>Makes the range read as zeros, edges included.</summary>
    public IoResult WriteZeroes(long offset, long lengthBytes) => throw new InvalidOperationException();
}
