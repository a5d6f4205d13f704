using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>Large writes overlap with receiving and keep every promise that small ones keep.</summary>
public sealed class WritePipeTests
{
    private const ushort Read = 0;
    private const ushort Write = 1;
    private const ushort Flush = 3;
    private const ushort Trim = 4;
    private const ushort Fua = 1;
    private const int LargeBytes = 128 * 1024;

    [Fact]
    public async Task A_read_behind_large_writes_is_answered_while_they_wait()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.WriteGate.Reset();
        var sending = Task.Run(() => client.SendAll([.. Writes(0, 4), .. RawClient.Request(Read, 0, 512, 99)]));

        Assert.Equal(99ul, client.ReceiveChunk().Cookie);
        server.Disk.WriteGate.Set();

        for (var cookie = 0ul; cookie < 4; cookie++)
            Assert.Equal((NbdError.None, cookie), client.ReceiveSimple());
        await sending;
        client.AssertUsable();
    }

    [Fact]
    public async Task Reads_behind_small_writes_go_on_while_the_export_holds_writes()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.HoldsWrites = true;
        server.Disk.WriteGate.Reset();

        client.SendAll([.. RawClient.Request(Write, 0, 512, 1), .. Content(1)[..512]]);
        client.SendAll(RawClient.Request(Read, 0, 512, 99));
        Assert.Equal(99ul, client.ReceiveChunk().Cookie);
        client.SendAll([.. RawClient.Request(Write, 512, 512, 2), .. Content(2)[..512]]);
        client.SendAll(RawClient.Request(Read, 0, 512, 98));
        Assert.Equal(98ul, client.ReceiveChunk().Cookie);
        server.Disk.WriteGate.Set();

        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());
        Assert.Equal((NbdError.None, 2ul), client.ReceiveSimple());
        Assert.Equal(Content(2)[..512], server.Disk.Bytes.Slice(512, 512).ToArray());
        server.Disk.HoldsWrites = false;
        client.AssertUsable();
    }

    [Fact]
    public async Task A_held_write_keeps_its_content_however_much_is_read_meanwhile()
    {
        const int readCount = 100_000; // their headers fill both halves of the buffer, and the first one again
        const int batchCount = 50;
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.HoldsWrites = true;
        server.Disk.WriteGate.Reset();
        client.SendAll([.. RawClient.Request(Write, 4096, 512, 1), .. Content(1)[..512]]);

        for (var sent = 0; sent < readCount; sent += batchCount)
        {
            var reads = Enumerable.Range(sent, batchCount)
                .SelectMany(read => RawClient.Request(Read, 0, 512, 1000 + (ulong)read));
            client.SendAll([.. reads]);
            for (var read = 0; read < batchCount; read++)
                client.ReceiveChunk();
        }

        server.Disk.WriteGate.Set();
        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());
        Assert.Equal(Content(1)[..512], server.Disk.Bytes.Slice(4096, 512).ToArray());
        server.Disk.HoldsWrites = false;
        client.AssertUsable();
    }

    [Fact]
    public async Task A_flush_does_not_wait_for_writes_that_are_held()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.HoldsWrites = true;
        server.Disk.WriteGate.Reset();

        client.SendAll([.. RawClient.Request(Write, 0, 512, 1), .. Content(1)[..512]]);
        client.SendAll(RawClient.Request(Flush, 0, 0, 2));
        Assert.Equal((NbdError.None, 2ul), client.ReceiveSimple());
        client.SendAll(RawClient.Request(Read, 0, 512, 3));

        Assert.Equal(3ul, client.ReceiveChunk().Cookie);
        server.Disk.WriteGate.Set();
        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());
        server.Disk.HoldsWrites = false;
        client.AssertUsable();
    }

    [Fact]
    public async Task Writes_that_arrive_during_another_become_one_batch()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.WriteGate.Reset();
        var sending = Task.Run(() => client.SendAll([.. Writes(0, 8), .. RawClient.Request(Read, 0, 512, 99)]));
        Assert.Equal(99ul, client.ReceiveChunk().Cookie);
        await sending;

        server.Disk.WriteGate.Set();

        for (var answer = 0; answer < 8; answer++)
            Assert.Equal(NbdError.None, client.ReceiveSimple().Error);
        Assert.Equal(8, server.Disk.BatchSizes.Sum());
        Assert.True(server.Disk.BatchSizes.Count <= 4, string.Join(' ', server.Disk.BatchSizes));
        for (var index = 0; index < 8; index++)
            Assert.Equal(Content(index), server.Disk.Bytes.Slice(index * LargeBytes, LargeBytes).ToArray());
    }

    [Fact]
    public async Task A_trim_behind_large_writes_comes_after_them()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        client.SendAll([.. Writes(0, 3), .. RawClient.Request(Trim, 0, LargeBytes, 99)]);

        for (var answer = 0; answer < 4; answer++)
            Assert.Equal(NbdError.None, client.ReceiveSimple().Error);

        Assert.True(server.Disk.Bytes[..LargeBytes].IndexOfAnyExcept((byte)0) < 0);
        Assert.Equal(Content(1), server.Disk.Bytes.Slice(LargeBytes, LargeBytes).ToArray());
    }

    [Fact]
    public async Task Only_those_with_fua_wait_for_the_flush()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.FlushGate.Reset();
        client.SendAll(
        [
            .. RawClient.Request(Write, 0, LargeBytes, 1, Fua), .. Content(1),
            .. RawClient.Request(Write, LargeBytes, LargeBytes, 2), .. Content(2),
        ]);

        Assert.Equal((NbdError.None, 2ul), client.ReceiveSimple());
        server.Disk.FlushGate.Set();
        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());
        Assert.True(server.Disk.FlushCount >= 1);
    }

    [Fact]
    public async Task A_failure_is_answered_and_the_connection_goes_on()
    {
        await using var server = new TestServer();
        using var client = server.Open(isStructured: false);
        server.Disk.WriteFault = (_, _) => NbdError.NoSpace;
        client.SendAll(Writes(0, 3));
        for (var answer = 0; answer < 3; answer++)
            Assert.Equal(NbdError.NoSpace, client.ReceiveSimple().Error);

        server.Disk.WriteFault = (_, _) => NbdError.None;
        client.SendAll(Writes(3, 3));
        for (var answer = 0; answer < 3; answer++)
            Assert.Equal(NbdError.None, client.ReceiveSimple().Error);
        client.AssertUsable();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Writes_of_all_sizes_in_flight_land_where_they_belong(int seed)
    {
        await using var server = new TestServer();
        using var client = server.Open();
        var random = new Random(seed);
        var expected = new byte[server.Disk.SizeBytes];
        for (var round = 0; round < 20; round++)
        {
            var message = new List<byte>();
            var count = 0;
            for (var offset = 0; offset < expected.Length; count++)
            {
                var sectorsMax = random.Next(2) == 0 ? 8 : 900;
                var lengthBytes = Math.Min(expected.Length - offset, 512 * random.Next(1, sectorsMax));
                random.NextBytes(expected.AsSpan(offset, lengthBytes));
                var flags = random.Next(8) == 0 ? Fua : (ushort)0;
                message.AddRange(RawClient.Request(Write, offset, (uint)lengthBytes, (ulong)count, flags));
                message.AddRange(expected.AsSpan(offset, lengthBytes));
                offset += lengthBytes;
            }

            message.AddRange(RawClient.Request(Flush, 0, 0, (ulong)count));
            var sending = Task.Run(() => client.SendAll([.. message]));
            var answered = new HashSet<ulong>();
            for (var answer = 0; answer <= count; answer++)
            {
                var (error, cookie) = client.ReceiveSimple();
                Assert.Equal(NbdError.None, error);
                Assert.True(answered.Add(cookie));
            }

            await sending;
            Assert.True(expected.AsSpan().SequenceEqual(server.Disk.Bytes), $"seed {seed}, round {round}");
        }
    }

    private static byte[] Writes(int firstIndex, int count) =>
    [
        .. Enumerable.Range(firstIndex, count).SelectMany(index => RawClient
            .Request(Write, index * LargeBytes, LargeBytes, (ulong)index).Concat(Content(index))),
    ];

    private static byte[] Content(int index)
    {
        var content = new byte[LargeBytes];
        new Random(index + 1).NextBytes(content);
        return content;
    }
}
