namespace Tidemark.Nbd.Serving;

/// <content>
/// Answering. One thread at a time has the part: the thread of the pool that finished something while nobody had it.
/// It sends what the client takes at once; as soon as somebody would have to wait, the part goes to a thread of the
/// connection's own, so that no thread of the pool ever waits for a client.
/// </content>
internal sealed partial class AsideQueue
{
    // Content up to this size is copied, to send many replies at once; above it the send costs more than the copy
    // saves.
    private const int CopiedMaxBytes = 32 * 1024;

    // Room for the headers of a reply, and for the chunk that ends a split one.
    private const int HeadersMaxBytes = 128;

    // A thread of the pool does not become the connection's for good.
    private const int AnsweredAtOnceMax = 64;

    /// <summary>Adds a result; true when the caller now has the part of answering.</summary>
    private bool AppendDone(AsideWork work)
    {
        work.Next = null;
        if (_doneTail == null)
            _doneHead = work;
        else
            _doneTail.Next = work;
        _doneTail = work;
        if (_isAnswering)
            return false;
        _isAnswering = true;
        return true;
    }

    private void AnswerAtOnce()
    {
        for (var answered = 0; ;)
        {
            for (; TakeCopied() is { } work; answered++)
            {
                Answer(work);
                Retire(work);
            }

            var isSent = _replies.TrySend(out var isOwing) && !isOwing;
            lock (_gate)
            {
                if (isSent && _doneHead == null)
                {
                    EndAnswering();
                    return;
                }

                if (!isSent || answered >= AnsweredAtOnceMax || !IsCopied(_doneHead))
                {
                    _isHandedOver = true;
                    Monitor.PulseAll(_gate);
                    return;
                }
            }
        }
    }

    /// <summary>The next result if its reply may be put into the buffer without sending what is there.</summary>
    private AsideWork? TakeCopied()
    {
        lock (_gate)
        {
            return IsCopied(_doneHead) && _replies.HasRoom(CopiedMaxBytes + HeadersMaxBytes) ? TakeDone() : null;
        }
    }

    private static bool IsCopied(AsideWork? work) => work switch
    {
        AsideRead read => read.CountedBytes <= CopiedMaxBytes,
        AsideFlush flush => flush.Cookies.Count * HeadersMaxBytes <= CopiedMaxBytes,
        _ => false,
    };

    // Under the gate.
    private AsideWork? TakeDone()
    {
        var done = _doneHead;
        if (done == null)
            return null;
        _doneHead = done.Next;
        if (_doneHead == null)
            _doneTail = null;
        done.Next = null;
        return done;
    }

    // Under the gate.
    private void EndAnswering()
    {
        _isAnswering = false;
        _isHandedOver = false;
        Monitor.PulseAll(_gate);
    }

    private void SendReplies()
    {
        while (WaitForPart())
        {
            // First what the client was owed when the part was handed over.
            _replies.Send();
            _stream.Send([]);
            while (TakeOrEnd() is { } work)
            {
                Answer(work);
                Retire(work);
            }
        }
    }

    private bool WaitForPart()
    {
        lock (_gate)
        {
            while (!_isHandedOver && !_isClosing)
                Monitor.Wait(_gate);
            return _isHandedOver;
        }
    }

    // The part ends only when everything answered has been sent as well.
    private AsideWork? TakeOrEnd()
    {
        while (true)
        {
            lock (_gate)
            {
                if (TakeDone() is { } work)
                    return work;
                if (!_replies.HasReplies)
                {
                    EndAnswering();
                    return null;
                }
            }

            _replies.Send();
        }
    }

    private void Answer(AsideWork work)
    {
        if (work is AsideRead read)
            Answer(read);
        else if (work is AsideFlush flush)
            Answer(flush);
    }

    private void Answer(AsideFlush flush)
    {
        for (var i = 0; i < flush.Cookies.Count; i++)
        {
            _counters.CountAnswer(flush.Error);
            _counters.CountAside(RequestKind.Flush, flush.Starts[i]);
            _replies.AppendResult(flush.Cookies[i], flush.Error);
        }
    }

    private void Answer(AsideRead read)
    {
        var isLast = read.Whole == null;
        if (read.Error != NbdError.None || read.Buffer == null)
            _counters.CountAnswer(read.Error);
        if (read.Buffer == null)
            _replies.AppendResult(read.Cookie, read.Error);
        else if (read.Error != NbdError.None)
            _replies.AppendReadError(read.Cookie, isLast, read.Error, read.Offset);
        else
            AnswerContent(read, read.Buffer, isLast);
        var isAnswered = read.Whole == null || read.Whole.FinishPart();
        if (read.Whole != null && isAnswered)
            _replies.AppendDone(read.Cookie);
        if (isAnswered && read.Buffer != null)
            _counters.CountAside(RequestKind.Read, read.Start);
    }

    private void AnswerContent(AsideRead read, TransferBuffer buffer, bool isLast)
    {
        var contentBytes = (int)read.LengthBytes;
        var start = BufferBudget.HeadroomBytes - _replies.ContentHeaderBytes;
        var reply = buffer.Span.Slice(start, _replies.ContentHeaderBytes + contentBytes);
        _replies.FormatContentHeader(reply, read.Cookie, isLast, read.Offset, contentBytes);
        if (contentBytes > CopiedMaxBytes)
        {
            _replies.SendThrough(reply);
            return;
        }

        reply.CopyTo(_replies.Reserve(reply.Length));
        _replies.Commit(reply.Length);
    }

    private void Retire(AsideWork work)
    {
        lock (_gate)
        {
            if (work is AsideRead read)
                Retire(read);
            else if (work is AsideFlush flush)
                Retire(flush);
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
