using System.Net.Sockets;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// The request loop of one connection, on its own thread: receive what is there, gather the writes, answer what memory
/// can answer, put aside what must wait, send all replies at once. See docs/protocols/nbd.md.
/// </summary>
/// <remarks>
/// The protocol promises no order between requests in flight, so the writes of one filling of the buffer go to the
/// export as one batch after the reads, and large ones through the <see cref="WritePipe"/>. Anything that is neither
/// read nor write comes after the writes before it.
/// </remarks>
internal sealed partial class Transmission : IDisposable
{
    private const int SendBufferBytes = Export.PieceMaxBytes + (64 * 1024);

    private readonly Connection _connection;
    private readonly GuardedExport _export;
    private readonly IReadOnlyList<string> _contexts;
    private readonly ConnectionCounters _counters;
    private readonly BufferBudget _budget;
    private readonly int _extentsMax;
    private readonly ReplyStream _stream;
    private readonly BufferGrant _grant;
    private readonly ReplyBuffer _replies;
    private readonly ReceiveBuffer _requests;
    private readonly AsideQueue _aside;
    private readonly WriteBatch _writes = new();
    private readonly WritePipe _pipe;
    private readonly List<StatusExtent> _extents = [];
    private readonly List<ulong> _durableCookies = [];

    // A request that stands in the buffer in part; how much must fit behind the start.
    private int _awaitedBytes;

    // Between the pieces of a long write nothing is available, and yet the client owes bytes.
    private bool _isInPayload;
    private ConnectionEnd? _end;

    /// <summary>Prepares the buffers; the export stays the connection's.</summary>
    public Transmission(Connection connection, ServingContext context, Socket socket, Negotiation negotiation)
    {
        _connection = connection;
        _export = new GuardedExport(negotiation.Export, connection.ReportFault);
        _pace = negotiation.Export.Pace;
        _contexts = negotiation.Contexts;
        _counters = connection.Counters;
        _budget = context.Budget;
        _extentsMax = context.Options.ExtentsMax;
        _stream = new ReplyStream(socket);
        _grant = new BufferGrant(context.Large);
        _replies = new ReplyBuffer(_stream, negotiation.IsStructured, SendBufferBytes, _grant);
        _requests = new ReceiveBuffer(socket, connection, _grant);
        _aside = new AsideQueue(context, _export, _stream, negotiation.IsStructured, _counters);
        _pipe = new WritePipe(_export, _stream, negotiation.IsStructured, _counters, _aside.SubmitFlush);
    }

    /// <summary>Requests that wait aside.</summary>
    public int InFlightCount => _aside.OutstandingCount;

    // The thread may wait for the disk itself: nobody else is kept waiting by it.
    private bool IsAlone => _requests.AvailableBytes == 0 && _aside.OutstandingCount == 0;

    /// <summary>Serves requests until the session ends.</summary>
    public ConnectionEnd Run()
    {
        while (Receive())
        {
            _counters.BeginBatch();
            while (_end == null && !_stream.IsBroken && TryTakeRequest(out var header))
                Execute(header);
            ExecuteWrites();
            _counters.EndBatch();
            if (!_replies.Send())
                EndBroken();
            if (_end != null)
                break;
        }

        return _end ?? new ConnectionEnd(IsOrderly: false, "The session ended.");
    }

    /// <summary>Waits for what is outstanding, then frees the buffers.</summary>
    public void Dispose()
    {
        _pipe.Dispose();
        _aside.Dispose();
        _grant.Dispose();
        _replies.Dispose();
        _requests.Dispose();
        _stream.Dispose();
    }

    private bool Receive()
    {
        MakeRoom();
        if (_requests.AvailableBytes == 0 && !_replies.HasReplies && _pipe.IsIdle)
            _grant.Rest();
        var error = _requests.Receive();
        while (error == SocketError.TimedOut && _requests.AvailableBytes == 0 && !_isInPayload)
        {
            // An idle client keeps its thread, not its memory.
            _pipe.Drain();
            _requests.Forget();
            _replies.Forget();
            error = _requests.Receive();
        }

        if (error == SocketError.Success)
            return true;
        if (error == SocketError.TimedOut)
            End("The client sent half a request and then nothing for the stall time-out.");
        else if (_stream.IsBroken)
            EndBroken();
        else if (_connection.IsDraining)
            End("The server ended the connection.");
        else if (error == SocketError.Disconnecting)
            End("The client closed the connection without saying goodbye.");
        else
            End($"Receiving failed: {error}.");
        return false;
    }

    // What the pipe still writes must stay where it is.
    private void MakeRoom()
    {
        if (_pipe.IsIdle)
        {
            _requests.MakeRoom(_awaitedBytes);
        }
        else if (!_requests.HasRoom(_awaitedBytes))
        {
            MakeRoomBesidePipe();
        }
    }

    // What is gathered always stands in the current half, because nothing is gathered when the halves are turned. So
    // once that is taken, the batch that runs is in the current half and the other one is free; and while the pipe
    // works on the other half alone, the current one may be moved about.
    private void MakeRoomBesidePipe()
    {
        if (_pipe.Uses(_requests.Current))
        {
            _pipe.WaitTaken();
            _requests.TurnOver();
        }
        else
        {
            _requests.MakeRoom(_awaitedBytes);
        }
    }

    /// <summary>
    /// Takes the next request that stands whole in the buffer, or one whose payload is too long to ever do so. A write
    /// that goes into the batch is taken along the way.
    /// </summary>
    private bool TryTakeRequest(out RequestHeader header)
    {
        header = default;
        while (_requests.AvailableBytes >= RequestHeader.SizeBytes)
        {
            if (!RequestHeader.TryParse(_requests.Peek(RequestHeader.SizeBytes), out header))
            {
                End("The client sent something that is not a request (wrong magic number).");
                return false;
            }

            if (header.Kind != CommandKind.Write || header.LengthBytes > Export.PieceMaxBytes)
            {
                _requests.Consume(RequestHeader.SizeBytes);
                _counters.CountRequest();
                return true;
            }

            _awaitedBytes = RequestHeader.SizeBytes + (int)header.LengthBytes;
            if (_requests.AvailableBytes < _awaitedBytes)
                return false;
            _requests.Consume(RequestHeader.SizeBytes);
            _counters.CountRequest();
            TakeWrite(header);
        }

        _awaitedBytes = RequestHeader.SizeBytes;
        return false;
    }

    private void TakeWrite(in RequestHeader header)
    {
        var lengthBytes = (int)header.LengthBytes;
        var error = CheckWrite(header);
        if (error == NbdError.None)
        {
            _counters.CountWrite(lengthBytes, header.Has(CommandFlags.ForceUnitAccess));
            Pace(lengthBytes, lengthBytes);
            GatherWrite(header, lengthBytes);
            return;
        }

        Answer(header.Cookie, error);
        _requests.Consume(lengthBytes);
    }

    // A large write goes into the pipe when another request is on its way behind it; one that comes alone is done at
    // once by this thread. Any write does that would have to wait.
    private void GatherWrite(in RequestHeader header, int lengthBytes)
    {
        var request = new WriteRequest(header.Offset, _requests.Start, lengthBytes);
        var isDurable = header.Has(CommandFlags.ForceUnitAccess);
        _requests.Consume(lengthBytes);
        var isLarge = lengthBytes >= WritePipe.WriteMinBytes && (_requests.IsMoreComing || !_pipe.IsIdle);
        if (isLarge || _export.Export.HoldsWrites)
        {
            _counters.PutAside(isDurable ? RequestKind.Flush : RequestKind.Write);
            _pipe.Add(header.Cookie, request, isDurable, _requests.Current);
        }
        else
        {
            _writes.Add(header.Cookie, request.Offset, request.PayloadStart, lengthBytes, isDurable);
        }
    }

    private NbdError CheckWrite(in RequestHeader header)
    {
        var error = CheckFlags(header, CommandFlags.None);
        return error != NbdError.None ? error : _export.Export.CheckWrite(header.Offset, header.LengthBytes);
    }

    /// <summary>FUA goes with every command; anything else must be known for the command.</summary>
    private static NbdError CheckFlags(in RequestHeader header, CommandFlags allowed) =>
        (header.Flags & ~(allowed | CommandFlags.ForceUnitAccess)) == 0 ? NbdError.None : NbdError.Invalid;

    private void Execute(in RequestHeader header)
    {
        // A flush covers what was answered before it; writes that are held were not.
        if (header.Kind == CommandKind.Flush && _export.Export.HoldsWrites && TryFlushAside(header))
            return;
        if (header.Kind != CommandKind.Read)
            _pipe.Drain();
        switch (header.Kind)
        {
            case CommandKind.Read:
                Read(header);
                break;
            case CommandKind.Write:
                WriteLong(header);
                break;
            case CommandKind.Disconnect:
                _end = new ConnectionEnd(IsOrderly: true, "The client disconnected.");
                break;
            case CommandKind.Flush:
                Flush(header);
                break;
            case CommandKind.Trim:
                Trim(header);
                break;
            case CommandKind.WriteZeroes:
                WriteZeroes(header);
                break;
            case CommandKind.Cache:
                Cache(header);
                break;
            case CommandKind.BlockStatus:
                BlockStatus(header);
                break;
            default:
                Answer(header.Cookie, NbdError.Invalid);
                break;
        }
    }

    private void Answer(ulong cookie, NbdError error)
    {
        _counters.CountAnswer(error);
        _replies.AppendResult(cookie, error);
    }

    private void End(string message) => _end ??= new ConnectionEnd(IsOrderly: false, message);

    private void EndBroken() => End(_stream.Failure == SocketError.TimedOut
        ? "The client did not read its replies for the stall time-out."
        : $"Sending failed: {_stream.Failure}.");
}
