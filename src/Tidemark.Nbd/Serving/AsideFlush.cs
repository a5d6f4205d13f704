namespace Tidemark.Nbd.Serving;

/// <summary>
/// One flush for all requests of a connection that asked for it before it began: FLUSH, and whatever carried FUA.
/// </summary>
internal sealed class AsideFlush(AsideQueue queue) : AsideWork
{
    private readonly AsideQueue _queue = queue;

    /// <summary>The requests to answer.</summary>
    public List<ulong> Cookies { get; } = [];

    /// <summary>When the batch of each arrived, see <see cref="ConnectionCounters.BatchStart"/>.</summary>
    public List<long> Starts { get; } = [];

    /// <summary>The outcome, for all of them.</summary>
    public NbdError Error { get; private set; }

    /// <inheritdoc/>
    public override void Run()
    {
        Error = _queue.Export.Flush();
        _queue.Complete(this);
    }
}
