namespace Tidemark.Nbd.Serving;

/// <summary>
/// Large writes of one connection, carried out on a thread of their own while the connection's thread receives the
/// next ones: copying from the socket and copying into the store overlap, and what arrives meanwhile becomes one batch.
/// The payload stays where it was received; see <see cref="ReceiveBuffer.TurnOver"/>. The thread starts with the first
/// such write. Called by the connection's thread only.
/// </summary>
/// <remarks>
/// At most one batch is carried out and one is gathered, both within the two halves of the receive buffer.
/// </remarks>
internal sealed class WritePipe : IDisposable
{
    /// <summary>Below this a hand-over costs more than it saves.</summary>
    public const int WriteMinBytes = 64 * 1024;

    private const int StackSizeBytes = 512 * 1024;
    private const int RepliesBytes = 64 * 1024;

    private readonly object _gate = new();
    private readonly GuardedExport _export;
    private readonly ReplyStream _stream;
    private readonly bool _isStructured;
    private readonly ConnectionCounters _counters;
    private readonly Action<ulong, long> _onDurableWanted;
    private WriteBatch _gathered = new();
    private WriteBatch _running = new();
    private TransferBuffer? _gatheredIn;
    private TransferBuffer? _runningIn;
    private Thread? _thread;
    private bool _isClosing;

    /// <summary>
    /// Prepares; no thread yet. A write that carries FUA is not answered but given to
    /// <paramref name="onDurableWanted"/> when it is done, with the moment when its batch arrived.
    /// </summary>
    public WritePipe(
        GuardedExport export, ReplyStream stream, bool isStructured, ConnectionCounters counters,
        Action<ulong, long> onDurableWanted)
    {
        _export = export;
        _stream = stream;
        _isStructured = isStructured;
        _counters = counters;
        _onDurableWanted = onDurableWanted;
    }

    /// <summary>Whether nothing is gathered or carried out, so that the receive buffer may be moved about.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _gathered.Count == 0 && _running.Count == 0;
        }
    }

    /// <summary>Whether a payload that is gathered or carried out stands in this half.</summary>
    public bool Uses(TransferBuffer half)
    {
        lock (_gate)
        {
            return (_gathered.Count > 0 && _gatheredIn == half) || (_running.Count > 0 && _runningIn == half);
        }
    }

    /// <summary>Hands a write over; it is answered once it is done.</summary>
    public void Add(ulong cookie, in WriteRequest request, bool mustBeDurable, TransferBuffer receivedIn)
    {
        lock (_gate)
        {
            _gathered.Add(cookie, request.Offset, request.PayloadStart, request.LengthBytes, mustBeDurable);
            _gathered.SetStart(_counters.BatchStart);
            _gatheredIn = receivedIn;
            if (_thread == null)
                Start();
            else if (_running.Count == 0)
                Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until what was gathered is being carried out, and everything before it is done.</summary>
    public void WaitTaken()
    {
        lock (_gate)
        {
            while (_gathered.Count > 0)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Waits until everything handed over is done, and answered but for FUA.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            while (_gathered.Count > 0 || _running.Count > 0)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Drains and ends the thread.</summary>
    public void Dispose()
    {
        Drain();
        lock (_gate)
        {
            _isClosing = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
    }

    private void Start()
    {
        _thread = new Thread(Work, StackSizeBytes) { IsBackground = true, Name = "nbd writes" };
        _thread.Start();
    }

    private void Work()
    {
        using var replies = new ReplyBuffer(_stream, _isStructured, RepliesBytes);
        while (TakeBatch() is { } receivedIn)
        {
            var error = _export.Write(_running.Requests, receivedIn.Span);
            Answer(replies, error);
            replies.Send();
            lock (_gate)
            {
                _running.Clear();
                Monitor.PulseAll(_gate);
            }
        }
    }

    private TransferBuffer? TakeBatch()
    {
        lock (_gate)
        {
            while (_gathered.Count == 0)
            {
                if (_isClosing)
                    return null;
                Monitor.Wait(_gate);
            }

            (_gathered, _running) = (_running, _gathered);
            _runningIn = _gatheredIn;
            Monitor.PulseAll(_gate);
            return _runningIn;
        }
    }

    private void Answer(ReplyBuffer replies, NbdError error)
    {
        for (var i = 0; i < _running.Count; i++)
        {
            var cookie = _running.CookieAt(i);
            if (error == NbdError.None && _running.MustBeDurableAt(i))
            {
                _onDurableWanted(cookie, _running.StartAt(i));
                continue;
            }

            _counters.CountAnswer(error);
            _counters.CountAside(
                _running.MustBeDurableAt(i) ? RequestKind.Flush : RequestKind.Write, _running.StartAt(i));
            replies.AppendResult(cookie, error);
        }
    }
}
