namespace Tidemark.Engine.Reclaim;

/// <summary>One piece of background work between its begin, which it announces, and its end.</summary>
internal readonly struct WorkSpan
{
    private readonly Action<EngineWork>? _listener;
    private readonly EngineWorkKind _kind;

    /// <summary>Announces the begin.</summary>
    public WorkSpan(Action<EngineWork>? listener, EngineWorkKind kind)
    {
        _listener = listener;
        _kind = kind;
        listener?.Invoke(new EngineWork(kind, HasEnded: false, 0));
    }

    /// <summary>Announces the end, unless there was nothing to do; returns <paramref name="wasBusy"/>.</summary>
    public bool End(bool wasBusy, long bytes = 0)
    {
        if (wasBusy)
            _listener?.Invoke(new EngineWork(_kind, HasEnded: true, bytes));
        return wasBusy;
    }
}
