using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <content>What keeps a connection to the limits of its export, when that has any.</content>
/// <remarks>
/// The connection's own thread waits, before each request that is one too many; nobody else is kept waiting. Requests
/// that were read before are answered first, and a FLUSH that stands behind the one that waits is not held back.
/// </remarks>
internal sealed partial class Transmission
{
    // A FLUSH that arrives meanwhile, or a client that leaves, is noticed after this.
    private static readonly TimeSpan PaceSlice = TimeSpan.FromMilliseconds(5);

    private readonly ExportPace? _pace;
    private readonly object _paceGate = new();

    // Of the requests to flush in the buffer, the first so many are on their way already.
    private int _flushedAheadCount;

    // A wait was given up because the connection ends.
    private bool _isPaceOver;

    /// <summary>Ends a wait for the pace, because the connection is to end.</summary>
    public void EndWait()
    {
        lock (_paceGate)
            Monitor.PulseAll(_paceGate);
    }

    /// <summary>Waits until a request of this length may go.</summary>
    /// <param name="lengthBytes">Bytes that it reads or writes.</param>
    /// <param name="payloadBytes">Bytes of its payload that stand before the next request.</param>
    private void Pace(long lengthBytes, long payloadBytes = 0)
    {
        // Nobody gets ahead by what is carried out for a client that has left, and it costs the next one nothing.
        if (_pace == null || _isPaceOver || _stream.IsBroken)
            return;
        var moment = _pace.Take(lengthBytes);
        if (_pace.Lacking(moment) > TimeSpan.Zero)
            WaitForPace(_pace, moment, payloadBytes);
    }

    private void WaitForPace(ExportPace pace, long moment, long payloadBytes)
    {
        // What is done must not wait with what is not.
        ExecuteWrites();
        _replies.Send();
        for (var lacking = pace.Lacking(moment); lacking > TimeSpan.Zero && !IsEnding(); lacking = pace.Lacking(moment))
        {
            _requests.TopUp();
            FlushAhead(payloadBytes);
            var slice = lacking < PaceSlice ? lacking : PaceSlice;
            lock (_paceGate)
            {
                if (!_connection.IsDraining)
                    Monitor.Wait(_paceGate, (int)Math.Ceiling(slice.TotalMilliseconds));
            }
        }

        _isPaceOver = pace.Lacking(moment) > TimeSpan.Zero;
    }

    // Nobody waits for the answers any more.
    private bool IsEnding() => _connection.IsDraining || _stream.IsBroken || _requests.IsClosedByPeer();

    // A flush covers what was answered before it: it may overtake requests that are not.
    private void FlushAhead(long payloadBytes)
    {
        var skipCount = _flushedAheadCount;
        var at = payloadBytes;
        while (at + RequestHeader.SizeBytes <= _requests.AvailableBytes)
        {
            var bytes = _requests.Peek((int)at + RequestHeader.SizeBytes)[(int)at..];
            if (!RequestHeader.TryParse(bytes, out var header) || header.Kind == CommandKind.Disconnect)
                return;
            if (IsPlainFlush(header) && --skipCount < 0)
            {
                _flushedAheadCount++;
                SubmitFlush(header.Cookie);
            }

            at += RequestHeader.SizeBytes + (header.Kind == CommandKind.Write ? header.LengthBytes : 0);
        }
    }

    private static bool IsPlainFlush(in RequestHeader header) =>
        header is { Kind: CommandKind.Flush, Offset: 0, LengthBytes: 0 }
        && CheckFlags(header, CommandFlags.None) == NbdError.None;

    private void SubmitFlush(ulong cookie)
    {
        _counters.CountFlush();
        _counters.PutAside(RequestKind.Flush);
        _aside.SubmitFlush(cookie, _counters.BatchStart);
    }
}
