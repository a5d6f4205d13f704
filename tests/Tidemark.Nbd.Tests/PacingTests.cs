using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>
/// Connections to an export with a pace, by a clock that stands still: what is one too many waits until the test moves
/// it, so that answers which come before prove that they did not wait.
/// </summary>
public sealed class PacingTests
{
    private const ushort Read = 0;
    private const ushort Write = 1;
    private const ushort Flush = 3;
    private const ushort Trim = 4;
    private const ushort Zero = 6;
    private const int MiB = 1 << 20;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SettableTime _time = new();

    [Theory]
    [InlineData(Read)]
    [InlineData(Write)]
    [InlineData(Trim)]
    [InlineData(Zero)]
    public async Task One_too_many_waits_for_its_time_and_a_flush_behind_it_does_not(ushort kind)
    {
        await using var server = NewServer();
        using var client = server.Open(isStructured: false);
        client.SendAll([.. Request(kind, 1), .. Request(kind, 2), .. RawClient.Request(Flush, 0, 0, 3)]);

        Assert.Equal(1ul, Result(client, kind));
        Assert.Equal((NbdError.None, 3ul), client.ReceiveSimple());
        Assert.Equal(1, server.Disk.FlushCount);

        _time.Move(Second);
        Assert.Equal(2ul, Result(client, kind));
    }

    [Fact]
    public async Task A_flush_that_arrives_during_the_wait_is_answered_once()
    {
        await using var server = NewServer();
        using var client = server.Open(isStructured: false);
        client.SendAll([.. Request(Write, 1), .. Request(Write, 2)]);
        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());

        for (var cookie = 10ul; cookie < 13; cookie++)
        {
            client.SendRequest(Flush, 0, 0, cookie);
            Assert.Equal((NbdError.None, cookie), client.ReceiveSimple());
        }

        _time.Move(Second);
        Assert.Equal((NbdError.None, 2ul), client.ReceiveSimple());
        client.SendRequest(Flush, 0, 0, 13);
        Assert.Equal((NbdError.None, 13ul), client.ReceiveSimple());
        Assert.Equal(4, server.Disk.FlushCount);
    }

    [Fact]
    public async Task Connections_share_the_pace_of_their_export_and_others_have_their_own()
    {
        await using var server = NewServer();
        server.Catalog.Disks["free"] = new MemoryDisk(MiB);
        using var first = server.Open(isStructured: false);
        using var second = server.Open(isStructured: false);
        using var other = server.Connect();
        other.Negotiate("free", isStructured: false);
        first.SendAll(Request(Write, 1));
        Assert.Equal((NbdError.None, 1ul), first.ReceiveSimple());

        second.SendAll([.. Request(Write, 2), .. RawClient.Request(Flush, 0, 0, 3)]);
        Assert.Equal((NbdError.None, 3ul), second.ReceiveSimple());
        for (var count = 0; count < 20; count++)
            other.AssertUsable();

        _time.Move(Second);
        Assert.Equal((NbdError.None, 2ul), second.ReceiveSimple());
    }

    [Fact]
    public async Task Long_requests_pay_for_each_piece()
    {
        await using var server = NewServer();
        server.Disk.Pace!.SetLimits(0, MiB, TimeSpan.Zero);
        using var client = server.Open(isStructured: false);

        var sending = Task.Run(
            () => client.SendAll([.. RawClient.Request(Write, 0, 3 * MiB, 1), .. new byte[3 * MiB]]),
            TestContext.Current.CancellationToken);
        await TestServer.Until(() => server.Disk.BatchSizes.Count == 1, "the first piece was written");
        _time.Move(Second);
        await TestServer.Until(() => server.Disk.BatchSizes.Count == 2, "the second piece was written");
        _time.Move(Second);

        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());
        Assert.Equal(3, server.Disk.BatchSizes.Count);
        await sending;
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_wait()
    {
        await using var server = NewServer();
        using (var client = server.Open(isStructured: false))
        {
            client.SendAll([.. Request(Write, 1), .. Request(Write, 2)]);
            client.ReceiveSimple();
        }

        await TestServer.Until(() => server.Disk.OpenCount == 0, "the connection ended");
    }

    [Fact]
    public async Task A_server_that_disconnects_or_stops_ends_the_wait()
    {
        await using var server = NewServer();
        using var client = server.Open(isStructured: false);
        using var second = server.Open(isStructured: false);
        client.SendAll([.. Request(Write, 1), .. Request(Write, 2), .. RawClient.Request(Flush, 0, 0, 3)]);
        client.ReceiveSimple();
        client.ReceiveSimple();
        second.SendAll([.. Request(Write, 4), .. RawClient.Request(Flush, 0, 0, 5)]);
        Assert.Equal((NbdError.None, 5ul), second.ReceiveSimple());

        var firstId = server.Server.ListConnections().Min(connection => connection.ConnectionId);
        Assert.NotNull(await server.Server.DisconnectClientsAsync(
            connection => connection.ConnectionId == firstId, TimeSpan.FromSeconds(20)));
        Assert.True(client.IsClosedByServer());

        // A server that stops answers what it had received, without waiting for the pace.
        Assert.True(await server.Server.StopAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal((NbdError.None, 4ul), second.ReceiveSimple());
    }

    private TestServer NewServer()
    {
        var server = new TestServer();
        server.Disk.Pace = new ExportPace(_time);
        server.Disk.Pace.SetLimits(1, 0, TimeSpan.Zero);
        return server;
    }

    private static byte[] Request(ushort kind, ulong cookie) =>
        [.. RawClient.Request(kind, 0, 4096, cookie), .. new byte[kind == Write ? 4096 : 0]];

    private static ulong Result(RawClient client, ushort kind)
    {
        var (error, cookie) = client.ReceiveSimple();
        Assert.Equal(NbdError.None, error);
        if (kind == Read)
            client.Receive(4096);
        return cookie;
    }
}
