using System.Net;
using System.Net.Sockets;

namespace Tidemark.Nbd.Serving;

/// <summary>One address on which clients are accepted.</summary>
internal sealed class NbdListener : IDisposable
{
    private const int Backlog = 128;

    // Out of file handles, for example: try again rather than spin.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly CancellationTokenSource _closing = new();
    private readonly string? _path;

    private NbdListener(Socket socket, EndPoint address, string? path)
    {
        _socket = socket;
        Address = address;
        _path = path;
    }

    /// <summary>Where it listens, with the port that it got.</summary>
    public EndPoint Address { get; }

    /// <summary>Binds and listens.</summary>
    public static NbdListener Open(EndPoint address, UnixFileMode mode) =>
        address is UnixDomainSocketEndPoint unix ? OpenUnix(unix, mode) : OpenTcp(address);

    /// <summary>Accepts until <see cref="Dispose"/>.</summary>
    public void Start(Action<Socket, NbdListener> admit, Action<Exception> onFault) => _ = AcceptAsync(admit, onFault);

    /// <summary>Stops accepting and removes the socket file.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _socket.Dispose();
        _closing.Dispose();
        if (_path != null)
            File.Delete(_path);
    }

    /// <summary>Says who has connected.</summary>
    public ClientIdentity Identify(Socket socket, long connectionId)
    {
        if (_path != null)
            return new ClientIdentity(connectionId, $"unix:{_path}", RemoteEndPoint: null, IsLocal: true);
        var remote = RemoteOf(socket);
        var isLocal = remote is IPEndPoint ip && IPAddress.IsLoopback(ip.Address);
        return new ClientIdentity(connectionId, remote?.ToString() ?? "unknown", remote, isLocal);
    }

    private static EndPoint? RemoteOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint;
        }
        catch (SocketException)
        {
            // Gone before it could be asked.
            return null;
        }
    }

    private static NbdListener OpenTcp(EndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address is IPEndPoint ip && ip.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(address);
            socket.Listen(Backlog);
            return new NbdListener(socket, socket.LocalEndPoint ?? address, path: null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static NbdListener OpenUnix(UnixDomainSocketEndPoint address, UnixFileMode mode)
    {
        var path = address.ToString();
        RemoveStale(address, path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(address);
            // Nobody can connect before Listen: the mode is in force from the first client on.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);
            socket.Listen(Backlog);
            return new NbdListener(socket, address, path);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void RemoveStale(UnixDomainSocketEndPoint address, string path)
    {
        if (!File.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(address);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // Nobody listens. A file of another kind refuses in the same way, and must stay.
            if (!IsSocket(path))
                throw new IOException($"Cannot listen on '{path}': a file that is not a socket stands there.", e);
            File.Delete(path);
            return;
        }

        throw new SocketException((int)SocketError.AddressAlreadyInUse);
    }

    private static bool IsSocket(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return false;
        }
        catch (IOException)
        {
            // ENXIO: a socket cannot be opened as a file.
            return true;
        }
    }

    private async Task AcceptAsync(Action<Socket, NbdListener> admit, Action<Exception> onFault)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_closing.Token);
                Prepare(socket);
                admit(socket, this);
            }
            catch (Exception) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                onFault(e);
                await Task.Delay(RetryDelay, CancellationToken.None);
            }
        }
    }

    private void Prepare(Socket socket)
    {
        if (_path != null)
            return;
        try
        {
            socket.NoDelay = true;
            // A peer that vanished without a word is noticed within two minutes.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        }
        catch (SocketException)
        {
            // Gone already; its thread will see that.
        }
    }
}
