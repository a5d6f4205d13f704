using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>What waits goes aside, what is durable is durable, and nobody waits for a stranger.</summary>
public sealed class WaitingTests
{
    private const ushort Read = 0;
    private const ushort Write = 1;
    private const ushort Flush = 3;
    private const ushort Cache = 5;
    private const ushort Fua = 1;

    [Fact]
    public async Task Warm_requests_overtake_a_cold_read()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.IsCold = true;
        server.Disk.ReadGate.Reset();
        client.Send(RawClient.Request(Read, 0, 512, 1), RawClient.Request(Read, 512, 512, 2),
            RawClient.Request(Read, 1024, 512, 3));
        await TestServer.Until(() => server.Disk.ColdReadCount == 3, "cold reads went aside");
        server.Disk.IsCold = false;

        client.SendRequest(Read, 4096, 512, cookie: 9);
        Assert.Equal(9ul, client.ReceiveChunk().Cookie);
        Assert.Equal(NbdError.None, client.Result(Write, 0, 512, 0, new byte[512]));
        Assert.True(server.Server.ListConnections()[0].InFlightCount >= 2);

        server.Disk.ReadGate.Set();
        ulong[] cookies = [client.ReceiveChunk().Cookie, client.ReceiveChunk().Cookie, client.ReceiveChunk().Cookie];
        Assert.Equal("1 2 3", string.Join(' ', cookies.Order()));
        client.AssertUsable();
    }

    [Fact]
    public async Task Requests_behind_a_flush_are_answered_while_it_waits()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.FlushGate.Reset();
        client.Send(RawClient.Request(Flush, 0, 0, 1), RawClient.Request(Read, 0, 512, 2));

        Assert.Equal(2ul, client.ReceiveChunk().Cookie);
        Assert.Equal(NbdError.None, client.Result(Write, 0, 512, 0, new byte[512]));

        server.Disk.FlushGate.Set();
        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());
    }

    [Fact]
    public async Task A_flush_asked_for_during_another_begins_after_it()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.FlushGate.Reset();
        // The read keeps the flush from being done on the connection's own thread.
        client.Send(RawClient.Request(Flush, 0, 0, 1), RawClient.Request(Read, 0, 512, 2));
        client.ReceiveChunk();
        Assert.Equal(NbdError.None, client.Result(Write, 0, 512, 0, new byte[512]));

        client.Send(RawClient.Request(Flush, 0, 0, 3), RawClient.Request(Flush, 0, 0, 4),
            RawClient.Request(Read, 0, 512, 5));
        client.ReceiveChunk();
        server.Disk.FlushGate.Set();

        for (var i = 0; i < 3; i++)
            Assert.Equal(NbdError.None, client.ReceiveSimple().Error);
        // The first was under way when the write was answered; the other two share one that began later.
        Assert.Equal(2, server.Disk.FlushCount);
    }

    [Fact]
    public async Task A_write_with_fua_is_answered_after_a_flush_and_others_do_not_wait()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.FlushGate.Reset();
        client.Send(
            RawClient.Request(Write, 0, 512, 1, Fua), new byte[512], RawClient.Request(Write, 512, 512, 2),
                new byte[512],
            RawClient.Request(Write, 1024, 512, 3, Fua), new byte[512]);

        Assert.Equal((NbdError.None, 2ul), client.ReceiveSimple());
        server.Disk.FlushGate.Set();

        ulong[] cookies = [client.ReceiveSimple().Cookie, client.ReceiveSimple().Cookie];
        Assert.Equal("1 3", string.Join(' ', cookies.Order()));
        Assert.True(server.Disk.FlushCount >= 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_flush_fails_flushes_and_fua_alike(bool isAlone)
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.FlushFault = () => NbdError.Io;
        if (!isAlone)
        {
            server.Disk.IsCold = true;
            server.Disk.ReadGate.Reset();
            client.Send(RawClient.Request(Read, 0, 512, 1), RawClient.Request(Read, 0, 512, 2),
                RawClient.Request(Read, 0, 512, 3));
            await TestServer.Until(() => server.Disk.ColdReadCount >= 2, "reads wait");
        }

        Assert.Equal(NbdError.Io, client.Result(Flush, 0, 0));
        Assert.Equal(NbdError.Io, client.Result(Write, 0, 512, Fua, new byte[512]));
        Assert.Equal(NbdError.None, client.Result(Write, 0, 512, 0, new byte[512]));
        server.Disk.ReadGate.Set();
    }

    [Fact]
    public async Task Flushes_while_reads_wait_are_answered_in_full()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.IsCold = true;
        server.Disk.ReadGate.Reset();
        client.Send([.. Enumerable.Range(0, 3).Select(i => RawClient.Request(Read, 0, 512, (ulong)i))]);
        await TestServer.Until(() => server.Disk.ColdReadCount >= 2, "reads wait");

        for (var i = 0; i < 100; i++)
            Assert.Equal(NbdError.None, client.Result(Flush, 0, 0));

        Assert.Equal(NbdError.None, client.Result(Cache, 0, 4096));
        Assert.Equal(100, server.Disk.FlushCount);
        server.Disk.ReadGate.Set();
        for (var i = 0; i < 3; i++)
            Assert.Equal(1, client.ReceiveChunk().Kind);
    }

    [Fact]
    public async Task Outstanding_requests_are_bounded_and_all_are_answered()
    {
        await using var server = new TestServer(new NbdServerOptions { AsideRequestsMax = 4, AsideThreadsMax = 64 });
        using var client = server.Open();
        server.Disk.IsCold = true;
        server.Disk.ReadGate.Reset();
        client.Send([.. Enumerable.Range(0, 200).Select(i => RawClient.Request(Read, i * 512, 512, (ulong)i))]);
        await TestServer.Until(() => server.Disk.ColdReadCount >= 4, "as many as allowed are worked on");
        Assert.InRange(server.Disk.ColdReadCount, 4, 5);
        Assert.InRange(server.Server.ListConnections()[0].InFlightCount, 0, 4);

        server.Disk.ReadGate.Set();

        var cookies = Enumerable.Range(0, 200).Select(_ => client.ReceiveChunk().Cookie).Order();
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (ulong)i), cookies);
    }

    [Fact]
    public async Task Without_buffers_cold_reads_are_done_one_by_one()
    {
        await using var server = new TestServer(new NbdServerOptions { BufferBudgetBytes = 0 });
        using var client = server.Open();
        server.Disk.IsCold = true;
        client.Send([.. Enumerable.Range(0, 50).Select(i => RawClient.Request(Read, i * 512, 512, (ulong)i))]);
        for (var i = 0ul; i < 50; i++)
            Assert.Equal(i, client.ReceiveChunk().Cookie);
    }

    [Fact]
    public async Task A_slow_export_leaves_threads_for_the_others()
    {
        await using var server = new TestServer(new NbdServerOptions { AsideThreadsMax = 4 });
        var quick = new MemoryDisk(1 << 20) { IsCold = true };
        server.Catalog.Disks["quick"] = quick;
        using var slowClient = server.Open();
        server.Disk.IsCold = true;
        server.Disk.ReadGate.Reset();
        slowClient.Send([.. Enumerable.Range(0, 40).Select(i => RawClient.Request(Read, i * 512, 512, (ulong)i))]);
        await TestServer.Until(() => server.Disk.ColdReadCount >= 3, "the slow export has its share of threads");

        using var quickClient = server.Connect();
        quickClient.Negotiate("quick");
        quickClient.Send([.. Enumerable.Range(0, 40).Select(i => RawClient.Request(Read, i * 512, 512, (ulong)i))]);
        for (var i = 0; i < 40; i++)
            Assert.Equal(1, quickClient.ReceiveChunk().Kind);

        server.Disk.ReadGate.Set();
        for (var i = 0; i < 40; i++)
            Assert.Equal(1, slowClient.ReceiveChunk().Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_reads_no_replies_is_cut_and_harms_nobody(bool isCold)
    {
        await using var server = new TestServer(new NbdServerOptions
        {
            StallTimeout = TimeSpan.FromMilliseconds(500),
            AsideThreadsMax = 4,
        });
        server.Disk.IsCold = isCold;
        using var lazy = server.Open();
        using var lively = server.Open();
        lazy.Socket.SendTimeout = 5000;
        var sending = Task.Run(
            () =>
            {
                for (var i = 0; i < 64; i++)
                    lazy.SendRequest(Read, 0, 1 << 20, cookie: (ulong)i);
            },
            TestContext.Current.CancellationToken);

        for (var i = 0; i < 200; i++)
        {
            lively.SendRequest(Read, 4096, 4096);
            Assert.Equal(4096, lively.ReceiveChunk().Content.Length);
        }

        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 1, "the lazy client is gone");
        Assert.Contains(server.Events, each => each.Kind == NbdEventKind.Cut && each.Message.Contains("did not read"));
        lively.AssertUsable();
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(28)]
    [InlineData(2000)]
    public async Task Half_a_request_and_then_silence_is_cut_after_the_stall_time_out(int sentBytes)
    {
        await using var server = new TestServer(new NbdServerOptions { StallTimeout = TimeSpan.FromMilliseconds(300) });
        using var client = server.Open();
        byte[] all = [.. RawClient.Request(Write, 0, 4096), .. new byte[4096]];
        client.SendAll(all[..sentBytes]);
        Assert.True(client.IsClosedByServer());
        Assert.Empty(server.Disk.BatchSizes);
    }

    [Fact]
    public async Task Half_a_long_write_and_then_silence_is_cut_after_the_stall_time_out()
    {
        await using var server = new TestServer(new NbdServerOptions { StallTimeout = TimeSpan.FromMilliseconds(300) });
        using var client = server.Open();
        client.Send(RawClient.Request(Write, 0, 4 << 20), new byte[3 << 19]);
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task An_idle_client_is_not_stalled()
    {
        await using var server = new TestServer(new NbdServerOptions { StallTimeout = TimeSpan.FromMilliseconds(50) });
        using var client = server.Open();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        client.AssertUsable();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task A_client_that_vanishes_in_the_middle_leaves_nothing_behind(int sentBytes)
    {
        await using var server = new TestServer();
        server.Disk.IsCold = true;
        server.Disk.ReadGate.Reset();
        byte[] all = [.. RawClient.Request(Write, 0, 4096), .. new byte[4096]];
        for (var i = 0; i < 5; i++)
        {
            using var client = i % 2 == 0 ? server.Open() : server.ConnectTcp();
            if (i % 2 == 1)
                client.Negotiate("disk");
            client.Send(RawClient.Request(Read, 0, 1 << 20), RawClient.Request(Read, 0, 1 << 20),
                RawClient.Request(Flush, 0, 0));
            client.SendAll(all[..sentBytes]);
        }

        server.Disk.ReadGate.Set();

        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 0, "all connections have ended");
        Assert.Equal(0, server.Disk.OpenCount);
        Assert.Equal(0, server.Server.Counters.BufferBytes);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Two_connections_work_on_one_disk_at_once(int seed)
    {
        await using var server = new TestServer();
        server.Disk.IsCold = seed == 22;
        var half = (int)server.Disk.SizeBytes / 2;
        var expected = new byte[2 * half];

        await Task.WhenAll(Enumerable.Range(0, 2).Select(part => Task.Run(() => Work(part))));

        Assert.True(server.Disk.Bytes.SequenceEqual(expected), $"seed {seed}");

        void Work(int part)
        {
            var random = new Random(seed + part);
            var uri = part == 0 ? NbdUri.Unix(server.SocketPath, "disk") : NbdUri.Tcp("127.0.0.1", server.Tcp.Port,
                "disk");
            using var client = NbdClient.Connect(uri);
            for (var i = 0; i < 300; i++)
            {
                var lengthBytes = 512 * random.Next(1, 64);
                var offset = (part * half) + (512 * random.Next((half - lengthBytes) / 512));
                var mine = expected.AsSpan(offset, lengthBytes);
                if (random.Next(2) == 0)
                {
                    random.NextBytes(mine);
                    client.Write(offset, mine, isDurable: random.Next(10) == 0);
                }
                else
                {
                    var read = new byte[lengthBytes];
                    client.Read(offset, read);
                    Assert.True(mine.SequenceEqual(read), $"seed {seed}, part {part}, step {i}");
                }
            }

            client.Disconnect();
        }
    }
}
