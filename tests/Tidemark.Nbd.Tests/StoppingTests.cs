using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>Listening, looking on, disconnecting and stopping.</summary>
public sealed class StoppingTests
{
    private const ushort Read = 0;
    private const ushort Write = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stopping_answers_what_was_received_and_closes()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        using var idle = server.Open();
        using var handshaking = server.Connect();
        handshaking.ReceiveGreeting();
        server.Disk.WriteGate.Reset();
        client.Send(RawClient.Request(Write, 0, 512, 1), new byte[512], RawClient.Request(Read, 0, 512, 2));
        await TestServer.Until(() => server.Server.ListConnections()[0].RequestCount == 2, "the requests were taken");

        var stopping = server.Server.StopAsync(Patience);
        server.Disk.WriteGate.Set();

        ulong[] cookies = new ulong[2];
        cookies[0] = client.ReceiveChunk().Cookie;
        cookies[1] = client.ReceiveSimple().Cookie;
        Assert.Equal([2, 1], cookies);
        Assert.True(client.IsClosedByServer());
        Assert.True(idle.IsClosedByServer());
        Assert.True(handshaking.IsClosedByServer());
        Assert.True(await stopping);
        Assert.False(File.Exists(server.SocketPath));
        Assert.Throws<SocketException>(server.ConnectTcp);
    }

    [Fact]
    public async Task Stopping_answers_what_waits_aside()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.IsCold = true;
        server.Disk.ReadGate.Reset();
        client.Send([.. Enumerable.Range(0, 10).Select(i => RawClient.Request(Read, i * 512, 512, (ulong)i))]);
        await TestServer.Until(() => server.Disk.ColdReadCount >= 9, "reads wait");

        var stopping = server.Server.StopAsync(Patience);
        server.Disk.ReadGate.Set();

        for (var i = 0; i < 10; i++)
            Assert.Equal(1, client.ReceiveChunk().Kind);
        Assert.True(client.IsClosedByServer());
        Assert.True(await stopping);
    }

    [Fact]
    public async Task Stopping_cuts_a_client_that_does_not_read_and_says_when_the_storage_hangs()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        using var stuck = server.Open();
        for (var i = 0; i < 8; i++)
            client.SendRequest(Read, 0, 8 << 20);
        server.Disk.WriteGate.Reset();
        stuck.Write(0, new byte[512]);
        await TestServer.Until(() => server.Server.ListConnections().Sum(each => each.RequestCount) >= 2,
            "both are at work");

        Assert.False(await server.Server.StopAsync(TimeSpan.FromMilliseconds(200)));

        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 1, "only the stuck one is left");
        server.Disk.WriteGate.Set();
        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 0, "none is left");
    }

    [Fact]
    public async Task A_stopped_server_does_not_listen_again()
    {
        await using var server = new TestServer();
        Assert.True(await server.Server.StopAsync(Patience));
        Assert.Throws<InvalidOperationException>(() => server.Server.Listen(new IPEndPoint(IPAddress.Loopback, 0)));
        Assert.True(await server.Server.StopAsync(Patience));
    }

    [Fact]
    public async Task Clients_of_one_export_are_disconnected_and_the_others_stay()
    {
        await using var server = new TestServer();
        server.Catalog.Disks["other"] = new MemoryDisk(1 << 20);
        using var first = server.Open();
        using var second = server.Open();
        using var other = server.Connect();
        other.Negotiate("other");

        Assert.Equal(2, await server.Server.DisconnectClientsAsync(each => each.ExportName == "disk", Patience));

        Assert.Equal(0, server.Disk.OpenCount);
        Assert.True(first.IsClosedByServer());
        Assert.True(second.IsClosedByServer());
        other.AssertUsable();
        Assert.Equal(0, await server.Server.DisconnectClientsAsync(each => each.ExportName == "disk", Patience));
    }

    [Fact]
    public async Task Disconnecting_says_when_a_client_still_holds_its_export()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.WriteGate.Reset();
        client.Write(0, new byte[512]);
        await TestServer.Until(() => server.Server.Counters.RequestCount == 1, "the write is at work");

        Assert.Null(await server.Server.DisconnectClientsAsync(_ => true, TimeSpan.FromMilliseconds(50)));

        Assert.Equal(1, server.Disk.OpenCount);
    }

    [Fact]
    public async Task Connections_are_listed_with_what_they_did()
    {
        await using var server = new TestServer();
        using var client = server.ConnectTcp();
        client.Negotiate("disk");
        client.Result(Write, 0, 4096, 0, new byte[4096]);
        client.SendRequest(Read, 0, 512);
        client.ReceiveChunk();
        client.Result(Read, 1, 512);

        var status = Assert.Single(server.Server.ListConnections());
        Assert.Equal(("disk", 3L, 512L, 4096L, 1L, 0), (
            status.ExportName, status.RequestCount, status.ReadBytes, status.WrittenBytes, status.ErrorCount,
            status.InFlightCount));
        Assert.StartsWith("127.0.0.1:", status.Client, StringComparison.Ordinal);
        client.Disconnect();
        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 0, "the connection has ended");
        Assert.Equal(4, server.Server.Counters.RequestCount);
        Assert.Equal(
            [NbdEventKind.Accepted, NbdEventKind.Opened, NbdEventKind.Closed], server.Events.Select(each => each.Kind));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_socket_file_is_private_and_a_stale_one_is_replaced()
    {
        await using var server = new TestServer();
        var path = Path.Combine(server.Folder, "stale.sock");
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            stale.Bind(new UnixDomainSocketEndPoint(path));
        // The file outlives the socket only if nobody removes it.
        if (!File.Exists(path))
            LeaveSocketFile(path);

        server.Server.Listen(new UnixDomainSocketEndPoint(path));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using var client = new RawClient(new UnixDomainSocketEndPoint(path));
        client.Negotiate("disk");
    }

    [Fact]
    public async Task A_socket_file_in_use_is_left_alone()
    {
        await using var server = new TestServer();
        await using var second = new NbdServer(server.Catalog);

        var failure = Assert.Throws<SocketException>(
            () => second.Listen(new UnixDomainSocketEndPoint(server.SocketPath)));

        Assert.Equal(SocketError.AddressAlreadyInUse, failure.SocketErrorCode);
        using var client = server.Open();
        client.AssertUsable();
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_left_alone()
    {
        await using var server = new TestServer();
        var path = Path.Combine(server.Folder, "precious");
        File.WriteAllText(path, "");

        Assert.Throws<IOException>(() => server.Server.Listen(new UnixDomainSocketEndPoint(path)));

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_taken_port_is_refused()
    {
        await using var server = new TestServer();
        Assert.Throws<SocketException>(() => server.Server.Listen(server.Tcp));
        Assert.Equal(2, server.Server.Addresses.Count);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        foreach (var options in (NbdServerOptions[])[
            new() { ConnectionsMax = 0 }, new() { HandshakesMax = 0 }, new() { HandshakeTimeout = TimeSpan.Zero },
            new() { StallTimeout = TimeSpan.Zero }, new() { OptionsMax = 0 }, new() { AsideBytesMax = 4096 },
            new() { AsideThreadsMax = 0 }, new() { ExtentsMax = 0 }, new() { BufferBudgetBytes = -1 }])
            Assert.Throws<ArgumentOutOfRangeException>(() => new NbdServer(new MemoryCatalog(), options));
    }

    /// <summary>Binding without removal: the file of a server that was killed.</summary>
    private static void LeaveSocketFile(string path)
    {
        using var process = ForeignTool.Start(
            "python3", "-c", "import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1])", path);
        process.WaitForExit();
        Assert.True(File.Exists(path), "python3 is needed to leave a socket file behind");
    }
}
