using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <content>What changes the export, and what makes it durable.</content>
internal sealed partial class Transmission
{
    /// <summary>Hands the gathered writes to the export and answers them; those with FUA wait for a flush.</summary>
    private void ExecuteWrites()
    {
        if (_writes.Count == 0)
            return;
        if (_export.Export.HoldsWrites)
        {
            HandWritesOver();
            return;
        }

        var error = _export.Write(_writes.Requests, _requests.Received);
        for (var i = 0; i < _writes.Count; i++)
        {
            if (error == NbdError.None && _writes.MustBeDurableAt(i))
                _durableCookies.Add(_writes.CookieAt(i));
            else
                Answer(_writes.CookieAt(i), error);
        }

        _writes.Clear();
        AnswerWhenDurable();
    }

    // They were gathered before the export began to hold writes; this thread must not wait with them.
    private void HandWritesOver()
    {
        for (var i = 0; i < _writes.Count; i++)
        {
            var isDurable = _writes.MustBeDurableAt(i);
            _counters.PutAside(isDurable ? RequestKind.Flush : RequestKind.Write);
            _pipe.Add(_writes.CookieAt(i), _writes.Requests[i], isDurable, _requests.Current);
        }

        _writes.Clear();
    }

    /// <summary>Answers the requests in <see cref="_durableCookies"/> after one flush for all of them.</summary>
    private void AnswerWhenDurable()
    {
        if (_durableCookies.Count == 0)
            return;
        // Whether the thread waits here or for room aside: other replies must not wait with it.
        _replies.Send();
        if (IsAlone)
        {
            var error = _export.Flush();
            foreach (var cookie in _durableCookies)
                Answer(cookie, error);
        }
        else
        {
            foreach (var cookie in _durableCookies)
            {
                _counters.PutAside(RequestKind.Flush);
                _aside.SubmitFlush(cookie, _counters.BatchStart);
            }
        }

        _durableCookies.Clear();
    }

    /// <summary>Answers a request that has succeeded, now or, if it carries FUA, once it is durable.</summary>
    private void AnswerChange(in RequestHeader header, NbdError error)
    {
        if (error == NbdError.None && header.Has(CommandFlags.ForceUnitAccess))
        {
            _durableCookies.Add(header.Cookie);
            AnswerWhenDurable();
        }
        else
        {
            Answer(header.Cookie, error);
        }
    }

    /// <summary>A write above 1 MiB: worked on in pieces as they arrive; one that is refused is skipped.</summary>
    private void WriteLong(in RequestHeader header)
    {
        ExecuteWrites();
        _replies.Send();
        if (header.LengthBytes > ProtocolLimits.PayloadSkipMaxBytes)
        {
            const int allowedBytes = Export.PayloadMaxBytes;
            End($"The client sent a write of {header.LengthBytes} bytes; at most {allowedBytes} are allowed.");
            return;
        }

        var error = CheckWrite(header);
        if (error == NbdError.None)
            _counters.CountWrite(header.LengthBytes, header.Has(CommandFlags.ForceUnitAccess));
        for (long doneBytes = 0, pieceBytes; doneBytes < header.LengthBytes; doneBytes += pieceBytes)
        {
            pieceBytes = Math.Min(header.LengthBytes - doneBytes, Export.PieceMaxBytes);
            if (!ReceivePiece((int)pieceBytes))
                return;
            if (error == NbdError.None)
                Pace(pieceBytes, header.LengthBytes - doneBytes);
            if (error == NbdError.None)
                error = WritePiece(header.Offset + doneBytes, (int)pieceBytes);
            _requests.Consume((int)pieceBytes);
        }

        AnswerChange(header, error);
    }

    private NbdError WritePiece(long offset, int pieceBytes)
    {
        var request = new WriteRequest(offset, _requests.Start, pieceBytes);
        return _export.Write(new ReadOnlySpan<WriteRequest>(in request), _requests.Received);
    }

    private bool ReceivePiece(int pieceBytes)
    {
        _awaitedBytes = pieceBytes;
        _isInPayload = true;
        while (_requests.AvailableBytes < pieceBytes)
        {
            if (!Receive())
                return false;
        }

        _isInPayload = false;
        return true;
    }

    private bool TryFlushAside(in RequestHeader header)
    {
        if (!IsPlainFlush(header))
            return false;
        ExecuteWrites();
        if (_flushedAheadCount > 0)
            _flushedAheadCount--;
        else
            SubmitFlush(header.Cookie);
        return true;
    }

    private void Flush(in RequestHeader header)
    {
        ExecuteWrites();
        if (CheckFlags(header, CommandFlags.None) != NbdError.None || header.Offset != 0 || header.LengthBytes != 0)
        {
            Answer(header.Cookie, NbdError.Invalid);
            return;
        }

        if (_flushedAheadCount > 0)
        {
            _flushedAheadCount--;
            return;
        }

        _counters.CountFlush();
        _durableCookies.Add(header.Cookie);
        AnswerWhenDurable();
    }

    private void Trim(in RequestHeader header)
    {
        ExecuteWrites();
        var error = CheckFlags(header, CommandFlags.None);
        Pace(0);
        if (error == NbdError.None)
            error = _export.Trim(header.Offset, header.LengthBytes);
        if (error == NbdError.None)
            _counters.CountTrim(header.LengthBytes, header.Has(CommandFlags.ForceUnitAccess));
        AnswerChange(header, error);
    }

    private void WriteZeroes(in RequestHeader header)
    {
        ExecuteWrites();
        var error = CheckFlags(header, CommandFlags.NoHole | CommandFlags.FastZero);
        if (error == NbdError.None)
        {
            var keepAllocated = header.Has(CommandFlags.NoHole);
            var onlyIfFast = header.Has(CommandFlags.FastZero);
            Pace(0);
            error = _export.WriteZeroes(header.Offset, header.LengthBytes, keepAllocated, onlyIfFast);
        }

        if (error == NbdError.None)
            _counters.CountZeroes(header.LengthBytes, header.Has(CommandFlags.ForceUnitAccess));
        AnswerChange(header, error);
    }
}
