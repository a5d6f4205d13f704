namespace Tidemark.Engine.Stores;

/// <summary>
/// One open file of a store. Safe for concurrent use: reads and writes at disjoint ranges may run side by side.
/// Offsets and lengths are in bytes. Every operation throws <see cref="StoreException"/> on failure.
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
    public abstract void Write(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Reads until <paramref name="destination"/> is full or the file ends; returns the bytes read.</summary>
    public abstract int Read(long offset, Span<byte> destination);

    /// <summary>Reads only when all bytes are in memory; false, with the destination undefined, when a device read would be needed.</summary>
    public abstract bool TryReadResident(long offset, Span<byte> destination);

    /// <summary>
    /// Allocates space without changing the length. After it a write into the range does not fail for want of space;
    /// <see cref="StoreFault.NoSpace"/> is raised here instead.
    /// </summary>
    public abstract void Allocate(long offset, long lengthBytes);

    /// <summary>Asks the system to start writing a range to the device; waits for nothing and promises nothing.</summary>
    public abstract void StartWriteOut(long offset, long lengthBytes);

    /// <summary>Makes the content and length durable (fdatasync). A failure is final: the caller must never count on a retry.</summary>
    public abstract void Sync();

    /// <summary>Deallocates a range, which reads as zeros from then on; the length stays.</summary>
    public abstract void Punch(long offset, long lengthBytes);

    /// <summary>Sets the length and frees what was allocated beyond it.</summary>
    public abstract void Truncate(long lengthBytes);

    /// <summary>Asks the system to forget its copy in memory, so that the next read comes from the device.</summary>
    public abstract void DropResident();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
