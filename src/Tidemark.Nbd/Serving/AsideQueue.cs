namespace Tidemark.Nbd.Serving;

/// <summary>
/// What one connection has waiting aside: bounded in number and bytes, worked on by the shared pool, answered by a
/// thread of the connection's own (started with the first such request), so that no thread of the pool ever waits for a
/// client. Requests are submitted by the connection's thread only.
/// </summary>
internal sealed class AsideQueue : IDisposable
{
    private const int SenderStackSizeBytes = 256 * 1024;
    private const int StagingBytes = 256 * 1024;

    // Content up to this size is copied, to send many replies at once; above it the send costs more than the copy
    // saves.
    private const int CopiedMaxBytes = 32 * 1024;

    private readonly object _gate = new();
    private readonly ServingContext _context;
    private readonly AsideLane _lane;
    private readonly ReplyStream _stream;
    private readonly bool _isStructured;
    private readonly ConnectionCounters _counters;
    private readonly Stack<AsideRead> _idleReads = new();
    private readonly Stack<AsideFlush> _idleFlushes = new();
    private Thread? _sender;
    private AsideWork? _doneHead;
    private AsideWork? _doneTail;
    private AsideFlush? _waitingFlush;
    private bool _isFlushRunning;
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
        _isStructured = isStructured;
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
    public void SubmitFlush(ulong cookie)
    {
        AsideFlush? start = null;
        lock (_gate)
        {
            WaitForRoom(0);
            _outstandingCount++;
            if (_waitingFlush == null && !_idleFlushes.TryPop(out _waitingFlush))
                _waitingFlush = new AsideFlush(this);
            _waitingFlush.Cookies.Add(cookie);
            _waitingFlush.Starts.Add(_counters.BatchStart);
            _counters.PutAside(RequestKind.Flush);
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
        lock (_gate)
            AppendDone(read);
    }

    /// <summary>Takes a result from a thread of the pool, and starts the flush that gathered meanwhile.</summary>
    public void Complete(AsideFlush flush)
    {
        AsideFlush? start;
        lock (_gate)
        {
            AppendDone(flush);
            start = _waitingFlush;
            _waitingFlush = null;
            _isFlushRunning = start != null;
        }

        if (start != null)
            _context.Pool.Submit(_lane, start);
    }

    /// <summary>Waits until everything is answered, or dropped because the client is gone.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            while (_outstandingCount > 0)
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

    private void AppendDone(AsideWork work)
    {
        work.Next = null;
        if (_doneTail == null)
            _doneHead = work;
        else
            _doneTail.Next = work;
        _doneTail = work;
        Monitor.PulseAll(_gate);
    }

    private void SendReplies()
    {
        using var replies = new ReplyBuffer(_stream, _isStructured, StagingBytes);
        while (TakeDone() is { } done)
        {
            for (var work = done; work != null; work = work.Next)
            {
                if (work is AsideRead read)
                    Answer(replies, read);
                else if (work is AsideFlush flush)
                    Answer(replies, flush);
            }

            replies.Send();
            Retire(done);
        }
    }

    private AsideWork? TakeDone()
    {
        lock (_gate)
        {
            while (_doneHead == null && !_isClosing)
                Monitor.Wait(_gate);
            var done = _doneHead;
            _doneHead = _doneTail = null;
            return done;
        }
    }

    private void Answer(ReplyBuffer replies, AsideFlush flush)
    {
        for (var i = 0; i < flush.Cookies.Count; i++)
        {
            _counters.CountAnswer(flush.Error);
            _counters.CountAside(RequestKind.Flush, flush.Starts[i]);
            replies.AppendResult(flush.Cookies[i], flush.Error);
        }
    }

    private void Answer(ReplyBuffer replies, AsideRead read)
    {
        var isLast = read.Whole == null;
        if (read.Error != NbdError.None || read.Buffer == null)
            _counters.CountAnswer(read.Error);
        if (read.Buffer == null)
            replies.AppendResult(read.Cookie, read.Error);
        else if (read.Error != NbdError.None)
            replies.AppendReadError(read.Cookie, isLast, read.Error, read.Offset);
        else
            AnswerContent(replies, read, read.Buffer, isLast);
        var isAnswered = read.Whole == null || read.Whole.FinishPart();
        if (read.Whole != null && isAnswered)
            replies.AppendDone(read.Cookie);
        if (isAnswered && read.Buffer != null)
            _counters.CountAside(RequestKind.Read, read.Start);
    }

    private static void AnswerContent(ReplyBuffer replies, AsideRead read, TransferBuffer buffer, bool isLast)
    {
        var contentBytes = (int)read.LengthBytes;
        var start = BufferBudget.HeadroomBytes - replies.ContentHeaderBytes;
        var reply = buffer.Span.Slice(start, replies.ContentHeaderBytes + contentBytes);
        replies.FormatContentHeader(reply, read.Cookie, isLast, read.Offset, contentBytes);
        if (contentBytes > CopiedMaxBytes)
        {
            replies.SendThrough(reply);
            return;
        }

        reply.CopyTo(replies.Reserve(reply.Length));
        replies.Commit(reply.Length);
    }

    private void Retire(AsideWork done)
    {
        lock (_gate)
        {
            for (AsideWork? work = done, next; work != null; work = next)
            {
                next = work.Next;
                work.Next = null;
                if (work is AsideRead read)
                    Retire(read);
                else if (work is AsideFlush flush)
                    Retire(flush);
            }

            Monitor.PulseAll(_gate);
        }
    }

    private void Retire(AsideRead read)
    {
        _outstandingCount--;
        _outstandingBytes -= read.CountedBytes;
        if (read.Buffer != null)
            _context.Budget.Return(read.Buffer);
        read.Buffer = null;
        read.Whole = null;
        _idleReads.Push(read);
    }

    private void Retire(AsideFlush flush)
    {
        _outstandingCount -= flush.Cookies.Count;
        flush.Cookies.Clear();
        flush.Starts.Clear();
        _idleFlushes.Push(flush);
    }
}
