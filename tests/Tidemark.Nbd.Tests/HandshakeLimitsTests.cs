using System.Net.Sockets;
using System.Text;
using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>What bounds a handshake: time, options, lists, places.</summary>
public sealed class HandshakeLimitsTests
{
    private const uint List = 3;
    private const uint Info = 6;
    private const uint Go = 7;

    private static readonly NbdServerOptions Impatient = new() { HandshakeTimeout = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task A_list_is_bounded()
    {
        await using var server = new TestServer(new NbdServerOptions { ListingsMax = 5 });
        for (var i = 0; i < 20; i++)
            server.Catalog.Disks[$"disk-{i:00}"] = server.Disk;
        using var client = server.Connect();
        client.Greet();
        Assert.Equal(6, client.Ask(List).Count);
    }

    [Fact]
    public async Task Too_many_options_close_the_connection()
    {
        await using var server = new TestServer(new NbdServerOptions { OptionsMax = 4 });
        using var client = server.Connect();
        client.Greet();
        for (var i = 0; i < 4; i++)
            client.Ask(List);
        Assert.True(client.IsClosedByServer());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(22)]
    public async Task A_handshake_that_stops_half_way_is_closed_after_its_time_out(int sentBytes)
    {
        await using var server = new TestServer(Impatient);
        using var client = server.ConnectTcp();
        client.ReceiveGreeting();
        byte[] all = [.. RawClient.U32(3), .. Encoding.ASCII.GetBytes("IHAVEOPT"), .. RawClient.U32(Go),
            .. RawClient.U32(100), 0, 0];

        client.SendAll(all[..sentBytes]);

        Assert.True(client.IsClosedByServer());
        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 0, "the connection is gone");
    }

    [Fact]
    public async Task A_handshake_that_drips_does_not_outlive_its_time_out()
    {
        await using var server = new TestServer(Impatient);
        using var client = server.Connect();
        client.Greet();
        var isClosed = false;
        for (var i = 0; i < 1000 && !isClosed; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            try
            {
                client.Send(Encoding.ASCII.GetBytes("IHAVEOPT"), RawClient.U32(77), RawClient.U32(0));
            }
            catch (SocketException)
            {
                isClosed = true;
            }
        }

        Assert.True(isClosed);
    }

    [Fact]
    public async Task A_client_that_reads_no_list_is_closed_after_the_time_out()
    {
        await using var server = new TestServer(new NbdServerOptions
        {
            HandshakeTimeout = TimeSpan.FromMilliseconds(500),
            OptionsMax = 100_000,
        });
        server.Catalog.Disks.Clear();
        for (var i = 0; i < 1000; i++)
            server.Catalog.Disks[new string('x', 200) + i] = server.Disk;
        using var client = server.Connect();
        client.Greet();

        for (var i = 0; i < 3; i++)
            client.SendOption(List);

        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 0, "the connection is gone");
    }

    [Fact]
    public async Task When_too_many_handshakes_are_open_the_oldest_is_closed()
    {
        await using var server = new TestServer(new NbdServerOptions { HandshakesMax = 2 });
        using var oldest = server.Connect();
        oldest.ReceiveGreeting();
        using var second = server.Connect();
        second.ReceiveGreeting();

        using var third = server.Connect();
        third.Negotiate("disk");

        Assert.True(oldest.IsClosedByServer());
        third.AssertUsable();
        second.Send(RawClient.U32(3));
        Assert.Equal(RawClient.Ack, second.Ask(Go, RawClient.GoRequest("disk"))[^1].Kind);
    }

    [Fact]
    public async Task Beyond_the_limit_of_connections_a_client_is_closed_and_the_others_go_on()
    {
        await using var server = new TestServer(new NbdServerOptions { ConnectionsMax = 2 });
        using var first = server.Open();
        using var second = server.Open();

        using var third = server.Connect();
        Assert.True(third.IsClosedByServer());

        first.AssertUsable();
        second.Disconnect();
        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 1, "one connection has ended");
        using var fourth = server.Open();
        fourth.AssertUsable();
        Assert.Equal(1, server.Server.Counters.RefusedCount);
    }

    [Fact]
    public async Task An_export_opened_for_a_query_is_let_go_of_at_the_end()
    {
        await using var server = new TestServer();
        server.Catalog.Disks["other"] = new MemoryDisk(1 << 20);
        using (var client = server.Connect())
        {
            client.Greet();
            client.Ask(Info, RawClient.GoRequest("disk"));
            client.Ask(Info, RawClient.GoRequest("other"));
            Assert.Equal(0, server.Disk.OpenCount);
        }

        await TestServer.Until(() => server.Catalog.Disks["other"].OpenCount == 0, "the export is closed");
    }
}
