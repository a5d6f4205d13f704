using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// Stands between NBD clients and a server, passes everything on, and counts what the clients ask for.
/// </summary>
internal sealed class CountingRelay : IDisposable
{
    private const ulong OptionMagic = 0x49484156454F5054;
    private const uint RequestMagic = 0x25609513;
    private const int ClientFlagsBytes = 4;
    private const int OptionHeaderBytes = 16;
    private const int RequestHeaderBytes = 28;
    private const ushort FuaFlag = 1;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly List<TcpClient> _sockets = []; // guarded by itself
    private readonly int[] _requests = new int[16];
    private int _fuaCount;
    private int _connectionCount;

    public CountingRelay(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int ConnectionCount => _connectionCount;

    /// <summary>Writes, trims and zeroings that asked to be durable.</summary>
    public int FuaCount => _fuaCount;

    public int WriteCount => _requests[1];

    public int FlushCount => _requests[3];

    public int TrimCount => _requests[4];

    public void Dispose()
    {
        _listener.Dispose();
        lock (_sockets)
            _sockets.ForEach(socket => socket.Dispose());
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                lock (_sockets)
                    _sockets.AddRange([client, server]);
                await server.ConnectAsync(IPAddress.Loopback, _serverPort);
                client.NoDelay = server.NoDelay = true;
                Interlocked.Increment(ref _connectionCount);
                _ = Pass(client, server);
                _ = Answer(client, server);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task Answer(TcpClient client, TcpClient server)
    {
        try
        {
            await server.GetStream().CopyToAsync(client.GetStream());
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of both has gone.
        }

        client.Close();
    }

    private async Task Pass(TcpClient client, TcpClient server)
    {
        try
        {
            var (from, to) = (client.GetStream(), server.GetStream());
            await Copy(from, to, ClientFlagsBytes);
            var header = new byte[RequestHeaderBytes];
            while (true)
                await PassOne(from, to, header);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            server.Close();
        }
    }

    private async Task PassOne(NetworkStream from, NetworkStream to, byte[] header)
    {
        await from.ReadExactlyAsync(header.AsMemory(0, OptionHeaderBytes));
        if (BinaryPrimitives.ReadUInt64BigEndian(header) == OptionMagic)
        {
            await to.WriteAsync(header.AsMemory(0, OptionHeaderBytes));
            await Copy(from, to, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(12)));
            return;
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(header) != RequestMagic)
            throw new IOException("Neither an option nor a request.");
        await from.ReadExactlyAsync(header.AsMemory(OptionHeaderBytes));
        var flags = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(4));
        var kind = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(6)) & 15;
        Interlocked.Increment(ref _requests[kind]);
        if ((flags & FuaFlag) != 0)
            Interlocked.Increment(ref _fuaCount);
        await to.WriteAsync(header);
        if (kind == 1)
            await Copy(from, to, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(24)));
    }

    private static async Task Copy(NetworkStream from, NetworkStream to, int count)
    {
        var buffer = new byte[Math.Min(count, 1 << 18)];
        while (count > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, Math.Min(count, buffer.Length)));
            if (read == 0)
                throw new EndOfStreamException();
            await to.WriteAsync(buffer.AsMemory(0, read));
            count -= read;
        }
    }
}
