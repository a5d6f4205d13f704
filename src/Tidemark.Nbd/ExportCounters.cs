using Tidemark.Nbd.Serving;

namespace Tidemark.Nbd;

/// <summary>
/// Counts what all clients of one export do. Each connection counts for itself, so that nobody waits for anybody; sums
/// are made when somebody asks. Kept by whoever gives out the exports, see <see cref="Export.Counters"/>. Thread-safe.
/// </summary>
public sealed class ExportCounters
{
    private readonly Lock _gate = new(); // guards both members below; held for additions only
    private readonly HashSet<ConnectionCounters> _live = [];
    private readonly ExportFigures _ended = new();

    /// <summary>Connections now.</summary>
    public int ClientCount
    {
        get
        {
            lock (_gate)
                return _live.Count;
        }
    }

    /// <summary>The sums of now. None ever falls.</summary>
    public ExportFigures Sum()
    {
        var sum = new ExportFigures();
        lock (_gate)
        {
            sum.Add(_ended);
            foreach (var counters in _live)
                counters.AddTo(sum);
            sum.ClientCount = _live.Count;
        }

        return sum;
    }

    /// <summary>A connection to the export begins.</summary>
    internal void Join(ConnectionCounters counters)
    {
        lock (_gate)
            _live.Add(counters);
    }

    /// <summary>It ended; what it did stays counted.</summary>
    internal void Leave(ConnectionCounters counters)
    {
        lock (_gate)
        {
            if (_live.Remove(counters))
                counters.AddTo(_ended);
        }
    }
}
