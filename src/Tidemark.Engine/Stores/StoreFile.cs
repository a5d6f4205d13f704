namespace Tidemark.Engine.Stores;

/// <summary>
/// One open file of a store. Safe for concurrent use: reads and writes at disjoint ranges may run side by side.
/// Offsets and lengths are in bytes. Every operation throws <see cref="StoreException"/> on failure.
/// The public members check their arguments; an implementation supplies the <c>…Core</c> members.
/// </summary>
public abstract class StoreFile : IDisposable
{
    /// <summary>The area the file belongs to.</summary>
    public abstract StoreArea Area { get; }

    /// <summary>The id the file was created with.</summary>
    public abstract long Id { get; }

    /// <summary>The file's name as a person finds it, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>The length in bytes: one past the last byte written, or what <see cref="Truncate"/> set.</summary>
    public abstract long LengthBytes { get; }

    /// <summary>Bytes allocated on the device, holes left out.</summary>
    public abstract long AllocatedBytes { get; }

    /// <summary>
    /// Writes <paramref name="first"/> and then <paramref name="second"/> as one range at <paramref name="offset"/>.
    /// On return the bytes survive the death of this process, not a power cut.
    /// </summary>
    public void Write(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        CheckRange(offset, (long)first.Length + second.Length);
        if ((long)first.Length + second.Length > 0)
            WriteCore(offset, first, second);
    }

    /// <summary>Reads until <paramref name="destination"/> is full or the file ends; returns the bytes read.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        CheckRange(offset, destination.Length);
        return ReadCore(offset, destination);
    }

    /// <summary>
    /// Reads only when all bytes are in memory; false, with the destination undefined, when a device read would be
    /// needed or the file ends within the range.
    /// </summary>
    public bool TryReadResident(long offset, Span<byte> destination)
    {
        CheckRange(offset, destination.Length);
        return TryReadResidentCore(offset, destination);
    }

    /// <summary>
    /// Allocates space without changing the length. After it a write into the range does not fail for want of space;
    /// <see cref="StoreFault.NoSpace"/> is raised here instead.
    /// </summary>
    public void Allocate(long offset, long lengthBytes)
    {
        CheckRange(offset, lengthBytes);
        if (lengthBytes > 0)
            AllocateCore(offset, lengthBytes);
    }

    /// <summary>
    /// Asks the system to start writing a range to the device; waits for nothing and promises nothing.
    /// </summary>
    public void StartWriteOut(long offset, long lengthBytes)
    {
        CheckRange(offset, lengthBytes);
        if (lengthBytes > 0)
            StartWriteOutCore(offset, lengthBytes);
    }

    /// <summary>
    /// Waits until a range has been written to the device, which bounds what a later <see cref="Sync"/> finds; promises
    /// nothing about durability. A failure is final, as one of <see cref="Sync"/> is.
    /// </summary>
    public void FinishWriteOut(long offset, long lengthBytes)
    {
        CheckRange(offset, lengthBytes);
        if (lengthBytes > 0)
            FinishWriteOutCore(offset, lengthBytes);
    }

    /// <summary>
    /// Makes the content and length durable (fdatasync). A failure is final: the caller must never count on a retry.
    /// </summary>
    public abstract void Sync();

    /// <summary>Deallocates a range, which reads as zeros from then on; the length stays.</summary>
    public void Punch(long offset, long lengthBytes)
    {
        CheckRange(offset, lengthBytes);
        if (lengthBytes > 0)
            PunchCore(offset, lengthBytes);
    }

    /// <summary>Sets the length and frees what was allocated beyond it.</summary>
    public void Truncate(long lengthBytes)
    {
        CheckRange(0, lengthBytes);
        TruncateCore(lengthBytes);
    }

    /// <summary>Asks the system to read a range into memory; waits for nothing and promises nothing.</summary>
    public void Prefetch(long offset, long lengthBytes)
    {
        CheckRange(offset, lengthBytes);
        if (lengthBytes > 0)
            PrefetchCore(offset, lengthBytes);
    }

    /// <summary>Asks the system to forget its copy in memory, so that the next read comes from the device.</summary>
    public abstract void DropResident();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Write"/>
    protected abstract void WriteCore(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <inheritdoc cref="Read"/>
    protected abstract int ReadCore(long offset, Span<byte> destination);

    /// <inheritdoc cref="TryReadResident"/>
    protected abstract bool TryReadResidentCore(long offset, Span<byte> destination);

    /// <inheritdoc cref="Allocate"/>
    protected abstract void AllocateCore(long offset, long lengthBytes);

    /// <inheritdoc cref="StartWriteOut"/>
    protected abstract void StartWriteOutCore(long offset, long lengthBytes);

    /// <inheritdoc cref="FinishWriteOut"/>
    protected virtual void FinishWriteOutCore(long offset, long lengthBytes)
    {
    }

    /// <inheritdoc cref="Prefetch"/>
    protected virtual void PrefetchCore(long offset, long lengthBytes)
    {
    }

    /// <inheritdoc cref="Punch"/>
    protected abstract void PunchCore(long offset, long lengthBytes);

    /// <inheritdoc cref="Truncate"/>
    protected abstract void TruncateCore(long lengthBytes);

    /// <summary>Closes the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static void CheckRange(long offset, long lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(lengthBytes);
        if (offset > long.MaxValue - lengthBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lengthBytes),
                $"A range of {lengthBytes} bytes at {offset} ends beyond what a file can hold.");
        }
    }
}
