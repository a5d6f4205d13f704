namespace Tidemark.Nbd;

/// <summary>
/// What one client sees as a block device: the seam between the protocol and the storage. The public methods check
/// bounds, alignment and the read-only rule; the <c>…Core</c> methods do the work and may rely on those checks.
/// </summary>
/// <remarks>
/// An instance belongs to one connection, but its methods are called from several threads at once: the connection's
/// own and those for cold reads and flushes. <see cref="Dispose()"/> is called once, after the last call has returned.
/// A method answers with an error value; an exception that escapes is answered with <see cref="NbdError.Io"/>.
/// </remarks>
public abstract class Export : IDisposable
{
    /// <summary>The context that every export should know: which ranges are holes, which read as zeros.</summary>
    public const string BaseAllocation = "base:allocation";

    /// <summary>Offsets and lengths are multiples of this.</summary>
    public const int BlockSizeMinBytes = 512;

    /// <summary>The size and alignment that clients should prefer.</summary>
    public const int BlockSizePreferredBytes = 4096;

    /// <summary>The longest read or write that a client may ask for.</summary>
    public const int PayloadMaxBytes = 32 * 1024 * 1024;

    /// <summary>
    /// The longest read or write that reaches the <c>…Core</c> methods; longer ones come in pieces of it.
    /// </summary>
    public const int PieceMaxBytes = 1024 * 1024;

    /// <summary>
    /// The canonical name, the same for all connections to the same thing: listings show it, and fairness between
    /// exports goes by it.
    /// </summary>
    public abstract string Name { get; }

    /// <summary>A line for people; empty when there is nothing to say.</summary>
    public virtual string Description => "";

    /// <summary>Size in bytes, a multiple of 512. It may grow while clients are connected, never shrink.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Whether writes of every kind are refused.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>
    /// Whether writes may have to wait for long now: they are then kept off the connection's thread, so that its reads
    /// go on meanwhile.
    /// </summary>
    public virtual bool HoldsWrites => false;

    /// <summary>
    /// Where the clients of this export are counted, the same for all connections to the same thing; null when nobody
    /// wants to know.
    /// </summary>
    public virtual ExportCounters? Counters => null;

    /// <summary>
    /// How fast all connections to the same thing together may go, the same object for all of them; null when they may
    /// go as fast as they can. Asked for once, when the connection begins.
    /// </summary>
    public virtual ExportPace? Pace => null;

    /// <summary>Whether a flush on one connection covers the writes answered on all others.</summary>
    public virtual bool CanMultiConnect => true;

    /// <summary>
    /// The contexts that a query for all, or for a name space (<c>base:</c>, <c>qemu:</c>), lists. Keep it short: more
    /// contexts may exist, see <see cref="TryResolveContext"/>.
    /// </summary>
    public virtual IReadOnlyList<string> MetaContexts => [BaseAllocation];

    /// <summary>Whether a context of exactly this name exists, listed or not.</summary>
    public virtual bool TryResolveContext(string name) => MetaContexts.Contains(name, StringComparer.Ordinal);

    /// <summary>What is wrong with a read of this range, if anything.</summary>
    public NbdError CheckRead(long offset, long lengthBytes)
    {
        if (lengthBytes > PayloadMaxBytes)
            return NbdError.Invalid;
        return CheckRange(offset, lengthBytes, NbdError.Invalid);
    }

    /// <summary>What is wrong with a write of this range, if anything.</summary>
    public NbdError CheckWrite(long offset, long lengthBytes)
    {
        if (IsReadOnly)
            return NbdError.Perm;
        if (lengthBytes > PayloadMaxBytes)
            return NbdError.Invalid;
        return CheckRange(offset, lengthBytes, NbdError.NoSpace);
    }

    /// <summary>What is wrong with a request to cache this range, if anything.</summary>
    public NbdError CheckCache(long offset, long lengthBytes) => CheckRange(offset, lengthBytes, NbdError.Invalid);

    /// <summary>
    /// Reads verified bytes; may wait for the disk. On an error the destination's content is undefined.
    /// </summary>
    public NbdError Read(long offset, Span<byte> destination)
    {
        var error = CheckRead(offset, destination.Length);
        return error != NbdError.None ? error : ReadCore(offset, destination);
    }

    /// <summary>
    /// Reads verified bytes if that needs no waiting; otherwise sets <paramref name="wouldBlock"/>, and the caller asks
    /// <see cref="Read"/> later. On an error, or when it would block, the destination's content is undefined.
    /// </summary>
    public NbdError TryReadResident(long offset, Span<byte> destination, out bool wouldBlock)
    {
        wouldBlock = false;
        var error = CheckRead(offset, destination.Length);
        return error != NbdError.None ? error : TryReadResidentCore(offset, destination, out wouldBlock);
    }

    /// <summary>
    /// Writes all requests of the batch in order. On success every byte is where the end of this process cannot reach
    /// it; a flush makes it durable. The first error ends the batch, and every request of it is answered with it.
    /// </summary>
    public NbdError Write(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload)
    {
        foreach (ref readonly var request in batch)
        {
            var error = CheckWrite(request.Offset, request.LengthBytes);
            if (error != NbdError.None)
                return error;
            if (request.PayloadStart < 0 || request.PayloadStart > payload.Length - request.LengthBytes)
                throw new ArgumentException("A write of the batch points outside the payload.", nameof(batch));
        }

        return WriteCore(batch, payload);
    }

    /// <summary>
    /// Makes durable every write that was answered before the call, on any connection to the same export. Waits for the
    /// disk. A read-only export answers at once.
    /// </summary>
    public NbdError Flush() => IsReadOnly ? NbdError.None : FlushCore();

    /// <summary>
    /// Says that the range is no longer needed; it reads as zeros or as before, at the export's choice.
    /// </summary>
    public NbdError Trim(long offset, long lengthBytes)
    {
        if (IsReadOnly)
            return NbdError.Perm;
        var error = CheckRange(offset, lengthBytes, NbdError.Invalid);
        return error != NbdError.None ? error : TrimCore(offset, lengthBytes);
    }

    /// <summary>Makes the range read as zeros.</summary>
    /// <param name="offset">Start in bytes, a multiple of 512.</param>
    /// <param name="lengthBytes">Length in bytes, a multiple of 512, below 4 GiB.</param>
    /// <param name="keepAllocated">The client does not want a hole here.</param>
    /// <param name="onlyIfFast">Answer <see cref="NbdError.NotSupported"/> unless faster than writing zeros.</param>
    public NbdError WriteZeroes(long offset, long lengthBytes, bool keepAllocated, bool onlyIfFast)
    {
        if (IsReadOnly)
            return NbdError.Perm;
        var error = CheckRange(offset, lengthBytes, NbdError.NoSpace);
        return error != NbdError.None ? error : WriteZeroesCore(offset, lengthBytes, keepAllocated, onlyIfFast);
    }

    /// <summary>Says that the range will be read soon.</summary>
    public NbdError Cache(long offset, long lengthBytes)
    {
        var error = CheckRange(offset, lengthBytes, NbdError.Invalid);
        return error != NbdError.None ? error : CacheCore(offset, lengthBytes);
    }

    /// <summary>
    /// Appends runs that describe the range from its start, at least one and at most <paramref name="extentsMax"/>;
    /// they may end before or after the range's end (the caller cuts off what is beyond).
    /// </summary>
    public NbdError BlockStatus(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(extentsMax);
        var error = CheckRange(offset, lengthBytes, NbdError.Invalid);
        return error != NbdError.None ? error : BlockStatusCore(context, offset, lengthBytes, extentsMax, extents);
    }

    /// <summary>Ends this client's hold on the export.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>See <see cref="Read"/>; the length is 512 to 1 MiB.</summary>
    protected abstract NbdError ReadCore(long offset, Span<byte> destination);

    /// <summary>
    /// See <see cref="TryReadResident"/>. An export that has no memory of its own leaves this as it is.
    /// </summary>
    protected virtual NbdError TryReadResidentCore(long offset, Span<byte> destination, out bool wouldBlock)
    {
        wouldBlock = true;
        return NbdError.None;
    }

    /// <summary>See <see cref="Write"/>; never called on a read-only export.</summary>
    protected abstract NbdError WriteCore(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload);

    /// <summary>See <see cref="Flush"/>; never called on a read-only export.</summary>
    protected abstract NbdError FlushCore();

    /// <summary>See <see cref="Trim"/>; never called on a read-only export.</summary>
    protected abstract NbdError TrimCore(long offset, long lengthBytes);

    /// <summary>See <see cref="WriteZeroes"/>; never called on a read-only export.</summary>
    protected abstract NbdError WriteZeroesCore(long offset, long lengthBytes, bool keepAllocated, bool onlyIfFast);

    /// <summary>See <see cref="Cache"/>. Doing nothing is right.</summary>
    protected virtual NbdError CacheCore(long offset, long lengthBytes) => NbdError.None;

    /// <summary>See <see cref="BlockStatus"/>; only called with a context that was resolved before.</summary>
    protected abstract NbdError BlockStatusCore(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents);

    /// <summary>Releases what this client holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private NbdError CheckRange(long offset, long lengthBytes, NbdError beyondEnd)
    {
        if (lengthBytes <= 0 || ((offset | lengthBytes) & (BlockSizeMinBytes - 1)) != 0)
            return NbdError.Invalid;
        // A negative offset is one of 2^63 or more on the wire.
        if (offset < 0 || lengthBytes > SizeBytes - offset)
            return beyondEnd;
        return NbdError.None;
    }
}
