namespace Tidemark.Nbd.Serving;

/// <summary>
/// What one connection has waiting aside: bounded in number and bytes, worked on by the shared pool. Reads are
/// submitted by the connection's thread only, flushes also by that of its <see cref="WritePipe"/>.
/// </summary>
internal sealed partial class AsideQueue : IDisposable
{
    private const int SenderStackSizeBytes = 512 * 1024;
    private readonly object _gate = new();
    private readonly ServingContext _context;
    private readonly AsideLane _lane;
    private readonly ReplyStream _stream;
    private readonly ReplyBuffer _replies;
    private readonly ConnectionCounters _counters;
    private readonly Stack<AsideRead> _idleReads = new();
    private readonly Stack<AsideFlush> _idleFlushes = new();
    private Thread? _sender;
    private AsideWork? _doneHead;
    private AsideWork? _doneTail;
    private AsideFlush? _waitingFlush;
    private bool _isFlushRunning;
    private bool _isAnswering;
    private bool _isHandedOver;
    private bool _isClosing;
    private int _outstandingCount;
    private int _outstandingBytes;

    /// <summary>Joins the export's lane.</summary>
    public AsideQueue(
        ServingContext context, GuardedExport export, ReplyStream stream, bool isStructured,
        ConnectionCounters counters)
    {
        _context = context;
        _stream = stream;
        _replies = new ReplyBuffer(stream, isStructured, ReplyStream.TrySendMaxBytes);
        _counters = counters;
        Export = export;
        _lane = context.Pool.OpenLane(export.Export.Name);
    }

    /// <summary>The export that the work is for.</summary>
    public GuardedExport Export { get; }

    /// <summary>Requests that are not answered yet.</summary>
    public int OutstandingCount => Volatile.Read(ref _outstandingCount);

    /// <summary>Whether a request with this much content would have to wait before it can be put aside.</summary>
    public bool IsFull(int lengthBytes)
    {
        lock (_gate)
        {
            return _outstandingCount >= _context.Options.AsideRequestsMax ||
                   _outstandingBytes + lengthBytes > _context.Options.AsideBytesMax;
        }
    }

    /// <summary>
    /// Puts a read aside, or a part of one; waits while too much is outstanding. False when the server's buffers are
    /// spent: the caller reads for itself.
    /// </summary>
    public bool TrySubmitRead(ulong cookie, long offset, int lengthBytes, SplitRead? whole)
    {
        if (_context.Budget.TryRent(lengthBytes) is not { } buffer)
            return false;
        // A part of a long read is not an answer of its own.
        if (whole == null)
            _counters.PutAside(RequestKind.Read);
        else
            whole.AddPart();
        Submit(cookie, offset, lengthBytes, buffer, whole);
        return true;
    }

    /// <summary>Puts a request to cache aside; waits while too much is outstanding.</summary>
    public void SubmitCache(ulong cookie, long offset, long lengthBytes) =>
        Submit(cookie, offset, lengthBytes, buffer: null, whole: null);

    /// <summary>Puts a request aside until a flush that begins from now on has ended.</summary>
    /// <param name="cookie">The client's name for the request.</param>
    /// <param name="arrival">When its batch arrived, see <see cref="ConnectionCounters.BatchStart"/>.</param>
    public void SubmitFlush(ulong cookie, long arrival)
    {
        AsideFlush? start = null;
        lock (_gate)
        {
            WaitForRoom(0);
            _outstandingCount++;
            if (_waitingFlush == null && !_idleFlushes.TryPop(out _waitingFlush))
                _waitingFlush = new AsideFlush(this);
            _waitingFlush.Cookies.Add(cookie);
            _waitingFlush.Starts.Add(arrival);
            if (!_isFlushRunning)
            {
                start = _waitingFlush;
                _waitingFlush = null;
                _isFlushRunning = true;
            }
        }

        if (start != null)
            _context.Pool.Submit(_lane, start);
    }

    /// <summary>Takes a result from a thread of the pool.</summary>
    public void Complete(AsideRead read)
    {
        bool isMine;
        lock (_gate)
            isMine = AppendDone(read);
        if (isMine)
            AnswerAtOnce();
    }

    /// <summary>Takes a result from a thread of the pool, and starts the flush that gathered meanwhile.</summary>
    public void Complete(AsideFlush flush)
    {
        AsideFlush? start;
        bool isMine;
        lock (_gate)
        {
            isMine = AppendDone(flush);
            start = _waitingFlush;
            _waitingFlush = null;
            _isFlushRunning = start != null;
        }

        if (start != null)
            _context.Pool.Submit(_lane, start);
        if (isMine)
            AnswerAtOnce();
    }

    /// <summary>Waits until everything is answered, or dropped because the client is gone.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            while (_outstandingCount > 0 || _isAnswering)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Drains and leaves the lane.</summary>
    public void Dispose()
    {
        Drain();
        lock (_gate)
        {
            _isClosing = true;
            Monitor.PulseAll(_gate);
        }

        _sender?.Join();
        _replies.Dispose();
        _context.Pool.CloseLane(_lane);
    }

    private void Submit(ulong cookie, long offset, long lengthBytes, TransferBuffer? buffer, SplitRead? whole)
    {
        AsideRead? read;
        lock (_gate)
        {
            WaitForRoom(buffer == null ? 0 : (int)lengthBytes);
            if (!_idleReads.TryPop(out read))
                read = new AsideRead(this);
            read.Cookie = cookie;
            read.Offset = offset;
            read.LengthBytes = lengthBytes;
            read.Buffer = buffer;
            read.Whole = whole;
            read.Start = _counters.BatchStart;
            _outstandingCount++;
            _outstandingBytes += read.CountedBytes;
        }

        _context.Pool.Submit(_lane, read);
    }

    private void WaitForRoom(int lengthBytes)
    {
        if (_sender == null)
        {
            _sender = new Thread(SendReplies, SenderStackSizeBytes) { IsBackground = true, Name = "nbd replies" };
            _sender.Start();
        }

        while (IsFull(lengthBytes))
            Monitor.Wait(_gate);
    }
}
