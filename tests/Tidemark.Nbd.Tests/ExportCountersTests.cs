using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>What is counted is what was asked, no more and no less, on every way through the server.</summary>
public sealed class ExportCountersTests
{
    private const ushort Read = 0;
    private const ushort Write = 1;
    private const ushort Flush = 3;
    private const ushort Trim = 4;
    private const ushort Zero = 6;
    private const ushort Fua = 1;

    [Fact]
    public async Task Every_request_is_counted_once_with_its_bytes_and_its_time()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        for (var i = 0; i < 5; i++)
            client.Result(Write, i * 4096, 4096, payload: new byte[4096]);
        client.Result(Write, 0, 8192, Fua, new byte[8192]);
        for (var i = 0; i < 3; i++)
            Receive(client, 0, 4096);
        client.Result(Flush, 0, 0);
        client.Result(Flush, 0, 0);
        client.Result(Trim, 0, 65536);
        client.Result(Zero, 0, 4096, Fua);

        await Ended(server, client);

        var sum = server.Disk.Counters.Sum();
        Assert.Equal((3, 12288), (sum.ReadCount, sum.ReadBytes));
        Assert.Equal((6, 28672), (sum.WriteCount, sum.WrittenBytes));
        Assert.Equal((2, 1, 1, 69632), (sum.FlushCount, sum.TrimCount, sum.ZeroCount, sum.ClearedBytes));
        Assert.Equal(2, sum.ForcedCount);
        Assert.Equal((0, 0, 0), (sum.IoErrorCount, sum.NoSpaceCount, sum.RefusedCount));
        Assert.Equal(3, sum.LatencyOf(RequestKind.Read).Count);
        Assert.Equal(5, sum.LatencyOf(RequestKind.Write).Count);
        Assert.Equal(1, sum.LatencyOf(RequestKind.Trim).Count);
        Assert.Equal(4, sum.LatencyOf(RequestKind.Flush).Count);
    }

    [Fact]
    public async Task What_waits_aside_is_counted_once_it_is_answered()
    {
        await using var server = new TestServer();
        server.Disk.IsCold = true;
        server.Disk.ReadGate.Reset();
        server.Disk.FlushGate.Reset();
        using var client = server.Open(isStructured: false);
        client.SendAll(
        [
            .. RawClient.Request(Read, 0, 4096, 1), .. RawClient.Request(Read, 4096, 4096, 2),
            .. RawClient.Request(Flush, 0, 0, 3), .. RawClient.Request(Flush, 0, 0, 4),
        ]);
        await TestServer.Until(() => server.Disk.Counters.Sum().FlushCount == 2, "The requests did not arrive.");

        var waiting = server.Disk.Counters.Sum();
        server.Disk.ReadGate.Set();
        server.Disk.FlushGate.Set();
        client.Receive((4 * 16) + (2 * 4096));
        await Ended(server, client);

        Assert.Equal(0, waiting.LatencyOf(RequestKind.Flush).Count);
        var sum = server.Disk.Counters.Sum();
        Assert.Equal(2, sum.LatencyOf(RequestKind.Read).Count);
        Assert.Equal(2, sum.LatencyOf(RequestKind.Flush).Count);
    }

    [Fact]
    public async Task Large_writes_on_a_thread_of_their_own_are_counted_once_they_are_answered()
    {
        const int lengthBytes = 256 * 1024;
        await using var server = new TestServer();
        using var client = server.Open(isStructured: false);
        client.SendAll(
        [
            .. Enumerable.Range(0, 8).SelectMany(i => (byte[])
            [
                .. RawClient.Request(Write, i * lengthBytes, lengthBytes, (ulong)i, (ushort)(i == 3 ? Fua : 0)),
                .. new byte[lengthBytes],
            ]),
        ]);
        client.Receive(8 * 16);

        await Ended(server, client);

        var sum = server.Disk.Counters.Sum();
        Assert.Equal((8, 8 * lengthBytes, 1), (sum.WriteCount, sum.WrittenBytes, sum.ForcedCount));
        Assert.Equal(7, sum.LatencyOf(RequestKind.Write).Count);
        Assert.Equal(1, sum.LatencyOf(RequestKind.Flush).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_in_many_pieces_is_one_read(bool isCold)
    {
        await using var server = new TestServer();
        server.Disk.IsCold = isCold;
        using var client = server.Open();
        client.SendAll([.. RawClient.Request(Read, 0, 4096, 9), .. RawClient.Request(Read, 0, 5 << 20, 1)]);
        for (var lastCount = 0; lastCount < 2;)
            lastCount += client.ReceiveChunk().IsLast ? 1 : 0;

        await Ended(server, client);

        var sum = server.Disk.Counters.Sum();
        Assert.Equal((2, 4096 + (5 << 20)), (sum.ReadCount, sum.ReadBytes));
        Assert.Equal(2, sum.LatencyOf(RequestKind.Read).Count);
    }

    [Fact]
    public async Task Errors_are_told_apart_by_who_can_mend_them()
    {
        await using var server = new TestServer();
        server.Disk.WriteFault = (offset, _) => offset == 0 ? NbdError.NoSpace : NbdError.Io;
        using var client = server.Open();

        client.Result(Write, 0, 4096, payload: new byte[4096]);
        client.Result(Write, 4096, 4096, payload: new byte[4096]);
        client.Result(Write, 8192, 4096, payload: new byte[4096]);
        client.Result(Trim, 3, 4096);

        await Ended(server, client);
        var sum = server.Disk.Counters.Sum();
        Assert.Equal((2, 1, 1), (sum.IoErrorCount, sum.NoSpaceCount, sum.RefusedCount));
        Assert.Equal(0, sum.TrimCount);
    }

    [Fact]
    public async Task Connections_add_up_and_stay_counted_when_they_end()
    {
        await using var server = new TestServer();
        using var first = server.Open();
        using var second = server.Open();
        first.Result(Write, 0, 4096, payload: new byte[4096]);
        second.Result(Write, 0, 4096, payload: new byte[4096]);
        await TestServer.Until(() => server.Disk.Counters.ClientCount == 2, "Two clients are connected.");
        first.Disconnect();
        await TestServer.Until(() => server.Disk.Counters.ClientCount == 1, "One client is left.");

        var sum = server.Disk.Counters.Sum();

        Assert.Equal((2, 8192, 1), (sum.WriteCount, sum.WrittenBytes, sum.ClientCount));
    }

    private static void Receive(RawClient client, long offset, uint lengthBytes)
    {
        client.SendAll(RawClient.Request(Read, offset, lengthBytes));
        Assert.True(client.ReceiveChunk().IsLast);
    }

    // The time of a batch is recorded around the moment of its reply: it is certain once the connection has ended.
    private static async Task Ended(TestServer server, RawClient client)
    {
        client.Disconnect();
        await TestServer.Until(() => server.Disk.Counters.ClientCount == 0, "The connection did not end.");
    }
}
