using System.Net;
using System.Net.Sockets;
using Tidemark.Nbd.Serving;

namespace Tidemark.Nbd;

/// <summary>
/// Serves the exports of a catalog over NBD on any number of TCP addresses and Unix sockets. What the protocol part
/// promises, and its limits, stand in docs/protocols/nbd.md. Thread-safe.
/// </summary>
public sealed class NbdServer : IAsyncDisposable
{
    private static readonly TimeSpan DefaultDrainTime = TimeSpan.FromSeconds(5);

    private readonly ServingContext _context;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<NbdListener> _listeners = [];
    private readonly Dictionary<long, Connection> _connections = [];
    private long _nextConnectionId = 1;
    private long _acceptedCount;
    private long _refusedCount;
    private long _endedRequestCount;
    private long _endedReadBytes;
    private long _endedWrittenBytes;
    private long _endedErrorCount;
    private bool _isStopping;

    /// <summary>Creates a server that does not listen yet.</summary>
    public NbdServer(ExportCatalog catalog, NbdServerOptions? options = null, TimeProvider? time = null)
    {
        options ??= new NbdServerOptions();
        options.Validate();
        _context = new ServingContext(catalog, options);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The addresses on which the server listens.</summary>
    public IReadOnlyList<EndPoint> Addresses
    {
        get
        {
            lock (_gate)
                return [.. _listeners.Select(each => each.Address)];
        }
    }

    /// <summary>Sums over all connections, past and present.</summary>
    public NbdServerCounters Counters
    {
        get
        {
            lock (_gate)
                return Sum();
        }
    }

    /// <summary>
    /// Listens on an <see cref="IPEndPoint"/> (port 0 for any free one) or a <see cref="UnixDomainSocketEndPoint"/>,
    /// and returns the address that it got. A socket file is replaced only when nobody listens behind it.
    /// </summary>
    /// <exception cref="SocketException">The address is taken or not allowed.</exception>
    public EndPoint Listen(EndPoint address)
    {
        var listener = NbdListener.Open(address, _context.Options.UnixSocketMode);
        lock (_gate)
        {
            if (_isStopping)
            {
                listener.Dispose();
                throw new InvalidOperationException("The NBD server was stopped and cannot listen again.");
            }

            _listeners.Add(listener);
        }

        listener.Start(Admit, e => _context.Report(new NbdEvent(
            NbdEventKind.Failed, 0, listener.Address.ToString() ?? "", null, "Accepting a client failed.", e)));
        return listener.Address;
    }

    /// <summary>All connections as they stand now, oldest first.</summary>
    public IReadOnlyList<NbdConnectionStatus> ListConnections()
    {
        lock (_gate)
            return [.. _connections.Values.OrderBy(each => each.Id).Select(each => each.Status())];
    }

    /// <summary>
    /// Cuts the connections that match and waits until they have let go of their exports. Requests that the storage is
    /// working on are finished, their replies are dropped.
    /// </summary>
    /// <returns>How many were cut; null when some did not let go in time.</returns>
    public async Task<int?> DisconnectClientsAsync(Predicate<NbdConnectionStatus> matches, TimeSpan timeout)
    {
        Connection[] matching;
        lock (_gate)
            matching = [.. _connections.Values.Where(each => matches(each.Status()))];
        foreach (var connection in matching)
            connection.Cut();
        return await AreEndedAsync(matching, timeout) ? matching.Length : null;
    }

    /// <summary>
    /// Stops listening, answers what clients have sent, closes their connections; those that are not done in time are
    /// cut. False when even then some storage call had not returned.
    /// </summary>
    public async Task<bool> StopAsync(TimeSpan drainTime)
    {
        NbdListener[] listeners;
        Connection[] connections;
        lock (_gate)
        {
            _isStopping = true;
            listeners = [.. _listeners];
            _listeners.Clear();
            connections = [.. _connections.Values];
        }

        foreach (var listener in listeners)
            listener.Dispose();
        foreach (var connection in connections)
            connection.Drain();
        if (await AreEndedAsync(connections, drainTime))
            return true;
        foreach (var connection in connections)
            connection.Cut();
        return await AreEndedAsync(connections, drainTime);
    }

    /// <summary>Stops within a few seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (await StopAsync(DefaultDrainTime))
            _context.Dispose();
    }

    private async Task<bool> AreEndedAsync(Connection[] connections, TimeSpan timeout)
    {
        try
        {
            await Task.WhenAll(connections.Select(each => each.Ended)).WaitAsync(timeout, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Gives a client its thread, or closes it when there are too many.</summary>
    private void Admit(Socket socket, NbdListener listener)
    {
        Connection? connection = null;
        Connection? evicted = null;
        ClientIdentity client;
        lock (_gate)
        {
            client = listener.Identify(socket, _nextConnectionId++);
            if (!_isStopping && _connections.Count < _context.Options.ConnectionsMax)
            {
                evicted = OldestSurplusHandshake();
                connection = new Connection(socket, _context, client, _time.GetUtcNow(), Retire);
                _connections.Add(connection.Id, connection);
                _acceptedCount++;
            }
            else
            {
                _refusedCount++;
            }
        }

        evicted?.Cut();
        if (connection != null)
        {
            Start(connection);
            return;
        }

        socket.Dispose();
        _context.Report(new NbdEvent(
            NbdEventKind.Refused, client.ConnectionId, client.Address, null, "Too many connections.", null));
    }

    private void Start(Connection connection)
    {
        try
        {
            connection.Start();
        }
        catch (Exception e)
        {
            // No thread to be had: the client is turned away, the others go on.
            connection.Abandon();
            _context.Report(new NbdEvent(
                NbdEventKind.Failed, connection.Id, connection.Status().Client, null, "No thread for a client.", e));
        }
    }

    /// <summary>
    /// A handshake takes milliseconds: when too many are open, the oldest one is not meant seriously.
    /// </summary>
    private Connection? OldestSurplusHandshake()
    {
        Connection? oldest = null;
        var count = 0;
        foreach (var connection in _connections.Values)
        {
            if (!connection.IsInHandshake || connection.IsDraining)
                continue;
            count++;
            if (oldest == null || connection.Id < oldest.Id)
                oldest = connection;
        }

        return count >= _context.Options.HandshakesMax ? oldest : null;
    }

    private void Retire(Connection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection.Id);
            _endedRequestCount += connection.Counters.RequestCount;
            _endedReadBytes += connection.Counters.ReadBytes;
            _endedWrittenBytes += connection.Counters.WrittenBytes;
            _endedErrorCount += connection.Counters.ErrorCount;
        }
    }

    private NbdServerCounters Sum() => new()
    {
        AcceptedCount = _acceptedCount,
        RefusedCount = _refusedCount,
        ConnectionCount = _connections.Count,
        HandshakeCount = _connections.Values.Count(each => each.IsInHandshake),
        RequestCount = _endedRequestCount + _connections.Values.Sum(each => each.Counters.RequestCount),
        ReadBytes = _endedReadBytes + _connections.Values.Sum(each => each.Counters.ReadBytes),
        WrittenBytes = _endedWrittenBytes + _connections.Values.Sum(each => each.Counters.WrittenBytes),
        ErrorCount = _endedErrorCount + _connections.Values.Sum(each => each.Counters.ErrorCount),
        BufferBytes = _context.Budget.RentedBytes,
        BufferBudgetBytes = _context.Options.BufferBudgetBytes,
    };
}
