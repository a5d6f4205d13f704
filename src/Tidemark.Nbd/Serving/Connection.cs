using System.Net.Sockets;

namespace Tidemark.Nbd.Serving;

/// <summary>One client from accept to close: its socket, its thread, its phases.</summary>
internal sealed class Connection
{
    // Shallow call chains, no recursion; a checksum or an index search of the storage runs on it too.
    private const int StackSizeBytes = 512 * 1024;

    private readonly Socket _socket;
    private readonly ServingContext _context;
    private readonly ClientIdentity _client;
    private readonly Action<Connection> _onEnded;
    private readonly DateTimeOffset _connectedAt;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile bool _isDraining;
    private volatile bool _isInHandshake = true;
    private volatile string? _exportName;
    private volatile bool _isReadOnly;
    private volatile Transmission? _transmission;

    /// <summary>Takes the socket over.</summary>
    public Connection(
        Socket socket, ServingContext context, ClientIdentity client, DateTimeOffset now, Action<Connection> onEnded)
    {
        _socket = socket;
        _context = context;
        _client = client;
        _connectedAt = now;
        _onEnded = onEnded;
    }

    /// <summary>Unique in the life of the server.</summary>
    public long Id => _client.ConnectionId;

    /// <summary>What it did.</summary>
    public ConnectionCounters Counters { get; } = new();

    /// <summary>Whether the server wants it to end once what was received is answered.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Whether no export is chosen yet.</summary>
    public bool IsInHandshake => _isInHandshake;

    /// <summary>Ends when the thread has let go of everything.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins the handshake on a thread of its own.</summary>
    public void Start() =>
        new Thread(Run, StackSizeBytes) { IsBackground = true, Name = $"nbd {Id}" }.Start();

    /// <summary>
    /// Closes the socket and counts as ended: the last thing that the thread does, or if it never began.
    /// </summary>
    public void Abandon()
    {
        lock (_gate)
            _socket.Dispose();
        _onEnded(this);
        _ended.SetResult();
    }

    /// <summary>Lets what was received be answered, then ends; a handshake ends at once.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            _isDraining = true;
            Shutdown(_isInHandshake ? SocketShutdown.Both : SocketShutdown.Receive);
        }

        _transmission?.EndWait();
    }

    /// <summary>Cuts the line; replies are dropped, calls into the export are waited for.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isDraining = true;
            Shutdown(SocketShutdown.Both);
        }

        _transmission?.EndWait();
    }

    /// <summary>As it stands now.</summary>
    public NbdConnectionStatus Status() => new()
    {
        ConnectionId = Id,
        Client = _client.Address,
        ConnectedAt = _connectedAt,
        ExportName = _exportName,
        IsReadOnly = _isReadOnly,
        RequestCount = Counters.RequestCount,
        ReadBytes = Counters.ReadBytes,
        WrittenBytes = Counters.WrittenBytes,
        InFlightCount = _transmission?.InFlightCount ?? 0,
        ErrorCount = Counters.ErrorCount,
    };

    /// <summary>Reports an exception of the storage.</summary>
    public void ReportFault(Exception exception) =>
        Report(NbdEventKind.Failed, "The storage threw; the request was answered with an I/O error.", exception);

    private void Run()
    {
        try
        {
            Report(NbdEventKind.Accepted, "A client connected.");
            if (Negotiate() is { } negotiation)
                Transmit(negotiation);
        }
        catch (Exception e)
        {
            Report(NbdEventKind.Failed, "The connection's thread failed.", e);
        }
        finally
        {
            Abandon();
        }
    }

    private Negotiation? Negotiate()
    {
        var channel = new HandshakeChannel(_socket, _context.Options.HandshakeTimeout);
        using var handshake = new Handshake(channel, _context, _client, ReportFault);
        var negotiation = handshake.Run();
        if (negotiation == null)
            Report(NbdEventKind.HandshakeEnded, handshake.End.Message);
        return negotiation;
    }

    private void Transmit(Negotiation negotiation)
    {
        using var export = negotiation.Export;
        _exportName = export.Name;
        _isReadOnly = export.IsReadOnly;
        lock (_gate)
            _isInHandshake = false;
        var stallMs = (int)_context.Options.StallTimeout.TotalMilliseconds;
        _socket.ReceiveTimeout = stallMs;
        _socket.SendTimeout = stallMs;
        Report(NbdEventKind.Opened, export.IsReadOnly ? "Opened read-only." : "Opened.");
        export.Counters?.Join(Counters);
        try
        {
            var end = Serve(negotiation);
            Report(end.IsOrderly ? NbdEventKind.Closed : NbdEventKind.Cut, end.Message);
        }
        finally
        {
            export.Counters?.Leave(Counters);
        }
    }

    private ConnectionEnd Serve(Negotiation negotiation)
    {
        ConnectionEnd end;
        using (var transmission = new Transmission(this, _context, _socket, negotiation))
        {
            _transmission = transmission;
            end = transmission.Run();
        }

        _transmission = null;
        return end;
    }

    private void Report(NbdEventKind kind, string message, Exception? exception = null) =>
        _context.Report(new NbdEvent(kind, Id, _client.Address, _exportName, message, exception));

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (SocketException)
        {
            // The peer has already gone.
        }
        catch (ObjectDisposedException)
        {
            // So has the connection.
        }
    }
}
