using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tidemark.Nbd.Tests.Support;

/// <summary>A server over memory disks on a Unix socket and a TCP port of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tidemark-nbd-");

    public TestServer(NbdServerOptions? options = null, long sizeBytes = 8 * 1024 * 1024)
    {
        Disk = new MemoryDisk(sizeBytes);
        Catalog.Disks["disk"] = Disk;
        Server = new NbdServer(Catalog, With(options ?? new NbdServerOptions()));
        SocketPath = Path.Combine(_folder.FullName, "nbd.sock");
        Server.Listen(new UnixDomainSocketEndPoint(SocketPath));
        Tcp = (IPEndPoint)Server.Listen(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public MemoryCatalog Catalog { get; } = new();

    /// <summary>The export named "disk".</summary>
    public MemoryDisk Disk { get; }

    public NbdServer Server { get; }

    public string SocketPath { get; }

    public IPEndPoint Tcp { get; }

    public string Folder => _folder.FullName;

    public ConcurrentQueue<NbdEvent> Events { get; } = new();

    public string Uri => $"nbd+unix:///disk?socket={SocketPath}";

    public RawClient Connect() => new(new UnixDomainSocketEndPoint(SocketPath));

    public RawClient ConnectTcp() => new(Tcp);

    /// <summary>Past the handshake, on the export "disk".</summary>
    public RawClient Open(bool isStructured = true, params string[] contexts)
    {
        var client = Connect();
        client.Negotiate("disk", isStructured, contexts);
        return client;
    }

    /// <summary>Fails with what was seen when the condition does not come true within ten seconds.</summary>
    public static async Task Until(Func<bool> condition, string expectation)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition(), expectation);
    }

    public async ValueTask DisposeAsync()
    {
        Disk.ReadGate.Set();
        Disk.FlushGate.Set();
        Disk.WriteGate.Set();
        var isStopped = await Server.StopAsync(TimeSpan.FromSeconds(10));
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
        Assert.True(isStopped, "The server did not stop.");
        Assert.Equal(0, Disk.OpenCount);
        Assert.Equal(0, Server.Counters.ConnectionCount);
        Assert.Equal(0, Server.Counters.BufferBytes);
    }

    private NbdServerOptions With(NbdServerOptions options) => new()
    {
        ConnectionsMax = options.ConnectionsMax,
        HandshakesMax = options.HandshakesMax,
        HandshakeTimeout = options.HandshakeTimeout,
        StallTimeout = options.StallTimeout,
        OptionsMax = options.OptionsMax,
        ListingsMax = options.ListingsMax,
        ContextQueriesMax = options.ContextQueriesMax,
        ContextsMax = options.ContextsMax,
        ExtentsMax = options.ExtentsMax,
        AsideRequestsMax = options.AsideRequestsMax,
        AsideBytesMax = options.AsideBytesMax,
        AsideThreadsMax = options.AsideThreadsMax,
        BufferBudgetBytes = options.BufferBudgetBytes,
        UnixSocketMode = options.UnixSocketMode,
        OnEvent = Events.Enqueue,
    };
}
