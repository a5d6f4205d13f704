namespace Tidemark.Nbd.Serving;

/// <summary>A cold read (or a request to cache) that waits aside. Reused by its connection.</summary>
internal sealed class AsideRead(AsideQueue queue) : AsideWork
{
    private readonly AsideQueue _queue = queue;

    /// <summary>The client's name for the request.</summary>
    public ulong Cookie { get; set; }

    /// <summary>Start of the range.</summary>
    public long Offset { get; set; }

    /// <summary>Length of the range; up to 1 MiB when there is a buffer.</summary>
    public long LengthBytes { get; set; }

    /// <summary>For the content, after the headroom; null for a request to cache.</summary>
    public TransferBuffer? Buffer { get; set; }

    /// <summary>When its batch arrived, see <see cref="ConnectionCounters.BatchStart"/>.</summary>
    public long Start { get; set; }

    /// <summary>The read that this is a part of, if it is one.</summary>
    public SplitRead? Whole { get; set; }

    /// <summary>The outcome.</summary>
    public NbdError Error { get; private set; }

    /// <summary>Bytes that count against the connection's limit.</summary>
    public int CountedBytes => Buffer == null ? 0 : (int)LengthBytes;

    /// <inheritdoc/>
    public override void Run()
    {
        Error = Buffer == null
            ? _queue.Export.Cache(Offset, LengthBytes)
            : _queue.Export.Read(Offset, Buffer.Span.Slice(BufferBudget.HeadroomBytes, (int)LengthBytes));
        _queue.Complete(this);
    }
}
