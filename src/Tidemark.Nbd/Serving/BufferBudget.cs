namespace Tidemark.Nbd.Serving;

/// <summary>
/// Buffers for replies that wait aside, in three sizes and above them to measure, within one budget for the whole
/// server. A caller that gets none does its work in a buffer of its own: nobody ever waits for the budget.
/// </summary>
internal sealed class BufferBudget(long budgetBytes) : IDisposable
{
    /// <summary>Room before the content for a reply's header.</summary>
    public const int HeadroomBytes = 64;

    // Buffers kept for reuse; the others go back to the system.
    private const long KeptMaxBytes = 32L * 1024 * 1024;

    private static readonly int[] ClassBytes = [16 * 1024, 128 * 1024, Export.PieceMaxBytes];

    private readonly Lock _gate = new();
    private readonly Stack<TransferBuffer>[] _kept = [new(), new(), new()];
    private readonly long _budgetBytes = budgetBytes;
    private long _rentedBytes;
    private long _keptBytes;

    /// <summary>Bytes that are rented now.</summary>
    public long RentedBytes => Volatile.Read(ref _rentedBytes);

    /// <summary>A buffer with room for the content and a header before it; null when the budget is spent.</summary>
    public TransferBuffer? TryRent(int contentBytes)
    {
        var sizeBytes = HeadroomBytes + contentBytes;
        var sizeClass = SizeClassOf(contentBytes);
        if (sizeClass >= 0)
            sizeBytes = HeadroomBytes + ClassBytes[sizeClass];
        lock (_gate)
        {
            if (_rentedBytes + sizeBytes > _budgetBytes)
                return null;
            _rentedBytes += sizeBytes;
            if (sizeClass >= 0 && _kept[sizeClass].TryPop(out var kept))
            {
                _keptBytes -= sizeBytes;
                return kept;
            }
        }

        return new TransferBuffer(sizeBytes);
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(TransferBuffer buffer)
    {
        var sizeBytes = buffer.SizeBytes;
        var sizeClass = Array.IndexOf(ClassBytes, sizeBytes - HeadroomBytes);
        lock (_gate)
        {
            _rentedBytes -= sizeBytes;
            if (sizeClass >= 0 && _keptBytes + sizeBytes <= KeptMaxBytes
                && _rentedBytes + _keptBytes + sizeBytes <= _budgetBytes)
            {
                _kept[sizeClass].Push(buffer);
                _keptBytes += sizeBytes;
                return;
            }
        }

        buffer.Dispose();
    }

    /// <summary>Frees what was kept; buffers that are still rented are freed when they come back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var stack in _kept)
            {
                while (stack.TryPop(out var buffer))
                    buffer.Dispose();
            }

            // From here on nothing is kept.
            _keptBytes = KeptMaxBytes;
        }
    }

    private static int SizeClassOf(int contentBytes)
    {
        for (var i = 0; i < ClassBytes.Length; i++)
        {
            if (contentBytes <= ClassBytes[i])
                return i;
        }

        return -1;
    }
}
