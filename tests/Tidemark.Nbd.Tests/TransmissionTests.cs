using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>Requests, right and wrong, in raw bytes.</summary>
public sealed class TransmissionTests
{
    private const ushort Read = 0;
    private const ushort Write = 1;
    private const ushort Flush = 3;
    private const ushort Trim = 4;
    private const ushort Cache = 5;
    private const ushort Zero = 6;
    private const ushort Status = 7;

    private const ushort Fua = 1;
    private const ushort NoHole = 2;
    private const ushort DoNotFragment = 4;
    private const ushort RequestOne = 8;
    private const ushort FastZero = 16;

    private const long Size = 8 << 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_is_read(bool isStructured)
    {
        await using var server = new TestServer();
        using var client = server.Open(isStructured);
        var bytes = Noise(4096, 1);

        Assert.Equal(NbdError.None, client.Result(Write, 8192, 4096, payload: bytes));

        Assert.Equal(bytes, ReadWhole(client, 8192, 4096, isStructured));
        Assert.Equal(bytes, server.Disk.Bytes.Slice(8192, 4096).ToArray());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Long_payloads_are_worked_on_in_pieces(bool isStructured, bool isCold)
    {
        await using var server = new TestServer(sizeBytes: 40 << 20);
        server.Disk.IsCold = isCold;
        using var client = server.Open(isStructured);
        var bytes = Noise(32 << 20, 2);

        Assert.Equal(NbdError.None, client.Result(Write, 512, (uint)bytes.Length, payload: bytes));

        Assert.Equal(32, server.Disk.BatchSizes.Count);
        Assert.True(bytes.AsSpan().SequenceEqual(ReadWhole(client, 512, bytes.Length, isStructured)));
        client.AssertUsable();
    }

    [Fact]
    public async Task A_long_simple_read_needs_no_buffer_from_the_budget()
    {
        await using var server = new TestServer(new NbdServerOptions { BufferBudgetBytes = 0 });
        using var client = server.Open(isStructured: false);
        new Random(3).NextBytes(server.Disk.Bytes);

        var read = ReadWhole(client, 0, (int)Size, isStructured: false);

        Assert.True(server.Disk.Bytes.SequenceEqual(read));
    }

    [Fact]
    public async Task A_long_simple_read_that_fails_sends_no_content()
    {
        await using var server = new TestServer();
        server.Disk.ReadFault = (offset, _) => offset >= 3 << 20 ? NbdError.Io : NbdError.None;
        using var client = server.Open(isStructured: false);

        Assert.Equal(NbdError.Io, client.Result(Read, 0, 4 << 20));

        client.AssertUsable();
    }

    [Fact]
    public async Task A_long_simple_read_that_fails_after_its_header_ends_the_connection()
    {
        await using var server = new TestServer(new NbdServerOptions { BufferBudgetBytes = 0 });
        var reads = 0;
        server.Disk.ReadFault = (_, _) => ++reads > 6 ? NbdError.Io : NbdError.None;
        using var client = server.Open(isStructured: false);

        client.SendRequest(Read, 0, 4 << 20);

        Assert.Equal((NbdError.None, 1ul), client.ReceiveSimple());
        client.Receive(2 << 20);
        Assert.True(client.IsClosedByServer());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_read_says_where(bool isCold)
    {
        await using var server = new TestServer();
        server.Disk.IsCold = isCold;
        server.Disk.ReadFault = (offset, _) => offset == 2 << 20 ? NbdError.Io : NbdError.None;
        using var client = server.Open();

        client.SendRequest(Read, 0, 4 << 20, cookie: 5);

        var chunks = ReceiveAll(client);
        var error = Assert.Single(chunks, each => each.Kind == 0x8002);
        Assert.Equal((NbdError.Io, 2L << 20), (error.Error, error.Offset));
        Assert.Equal(3, chunks.Count(each => each.Kind == 1));
        Assert.Equal((0, true), (chunks[^1].Kind, chunks[^1].IsLast));

        client.SendRequest(Read, 2 << 20, 4096, cookie: 6);
        var chunk = client.ReceiveChunk();
        Assert.Equal((true, 0x8002, 6ul, NbdError.Io, 2L << 20),
            (chunk.IsLast, chunk.Kind, chunk.Cookie, chunk.Error, chunk.Offset));
        client.AssertUsable();
    }

    [Fact]
    public async Task A_failed_simple_read_carries_its_error_and_no_content()
    {
        await using var server = new TestServer();
        server.Disk.ReadFault = (_, _) => NbdError.Io;
        using var client = server.Open(isStructured: false);
        Assert.Equal(NbdError.Io, client.Result(Read, 0, 4096));
        client.AssertUsable();
    }

    public static TheoryData<string, ushort, long, uint, ushort, NbdError> BrokenRequests => new()
    {
        { "a read of nothing", Read, 0, 0, 0, NbdError.Invalid },
        { "a read at an odd offset", Read, 511, 512, 0, NbdError.Invalid },
        { "a read of an odd length", Read, 0, 513, 0, NbdError.Invalid },
        { "a read beyond the end", Read, Size, 512, 0, NbdError.Invalid },
        { "a read across the end", Read, Size - 512, 1024, 0, NbdError.Invalid },
        { "a read at 2^63", Read, long.MinValue, 512, 0, NbdError.Invalid },
        { "a read at the largest offset", Read, -512, 1024, 0, NbdError.Invalid },
        { "a read above 32 MiB", Read, 0, (32 << 20) + 512, 0, NbdError.Invalid },
        { "a read of 4 GiB", Read, 0, uint.MaxValue - 511, 0, NbdError.Invalid },
        { "a read with REQ_ONE", Read, 0, 512, RequestOne, NbdError.Invalid },
        { "a read with an unknown flag", Read, 0, 512, 0x8000, NbdError.Invalid },
        { "an unfragmented read above 1 MiB", Read, 0, (1 << 20) + 512, DoNotFragment, NbdError.Overflow },
        { "a write of nothing", Write, 0, 0, 0, NbdError.Invalid },
        { "a write at an odd offset", Write, 1, 512, 0, NbdError.Invalid },
        { "a write of an odd length", Write, 0, 100, 0, NbdError.Invalid },
        { "a write beyond the end", Write, Size, 512, 0, NbdError.NoSpace },
        { "a write across the end", Write, Size - 512, 1024, 0, NbdError.NoSpace },
        { "a write at 2^63", Write, long.MinValue, 512, 0, NbdError.NoSpace },
        { "a long write across the end", Write, Size - (1 << 20), 2 << 20, 0, NbdError.NoSpace },
        { "a write above 32 MiB", Write, 0, (32 << 20) + 512, 0, NbdError.Invalid },
        { "a write with NO_HOLE", Write, 0, 512, NoHole, NbdError.Invalid },
        { "a write with DF", Write, 0, 512, DoNotFragment, NbdError.Invalid },
        { "a write with an unknown flag", Write, 0, 512, 0x20, NbdError.Invalid },
        { "a flush with an offset", Flush, 512, 0, 0, NbdError.Invalid },
        { "a flush with a length", Flush, 0, 512, 0, NbdError.Invalid },
        { "a flush with an unknown flag", Flush, 0, 0, 0x10, NbdError.Invalid },
        { "a trim of nothing", Trim, 0, 0, 0, NbdError.Invalid },
        { "a trim at an odd offset", Trim, 3, 512, 0, NbdError.Invalid },
        { "a trim across the end", Trim, Size - 512, 1024, 0, NbdError.Invalid },
        { "a trim of 4 GiB", Trim, 0, uint.MaxValue - 511, 0, NbdError.Invalid },
        { "a trim with NO_HOLE", Trim, 0, 512, NoHole, NbdError.Invalid },
        { "zeroes of nothing", Zero, 0, 0, 0, NbdError.Invalid },
        { "zeroes at an odd offset", Zero, 5, 512, 0, NbdError.Invalid },
        { "zeroes across the end", Zero, Size - 512, 1024, 0, NbdError.NoSpace },
        { "zeroes with DF", Zero, 0, 512, DoNotFragment, NbdError.Invalid },
        { "zeroes with FAST_ZERO across the end", Zero, Size - 512, 1024, FastZero, NbdError.NoSpace },
        { "zeroes with FAST_ZERO that are not fast", Zero, 0, 512, FastZero, NbdError.NotSupported },
        { "zeroes with FAST_ZERO and NO_HOLE", Zero, 0, 8192, FastZero | NoHole, NbdError.NotSupported },
        { "a write with FAST_ZERO", Write, 0, 512, FastZero, NbdError.Invalid },
        { "a read with FAST_ZERO", Read, 0, 512, FastZero, NbdError.Invalid },
        { "a trim with FAST_ZERO", Trim, 0, 512, FastZero, NbdError.Invalid },
        { "a trim of 4 GiB less one byte", Trim, 0, uint.MaxValue, 0, NbdError.Invalid },
        { "zeroes of 4 GiB less one sector", Zero, 0, uint.MaxValue - 511, 0, NbdError.NoSpace },
        { "a cache with FAST_ZERO", Cache, 0, 512, FastZero, NbdError.Invalid },
        { "a status with FAST_ZERO", Status, 0, 512, FastZero, NbdError.Invalid },
        { "a status of 4 GiB less one sector", Status, 0, uint.MaxValue - 511, 0, NbdError.Invalid },
        { "a cache of nothing", Cache, 0, 0, 0, NbdError.Invalid },
        { "a cache across the end", Cache, Size - 512, 1024, 0, NbdError.Invalid },
        { "a status of nothing", Status, 0, 0, 0, NbdError.Invalid },
        { "a status across the end", Status, Size - 512, 1024, 0, NbdError.Invalid },
        { "a status at an odd offset", Status, 1, 512, 0, NbdError.Invalid },
        { "a status with NO_HOLE", Status, 0, 512, NoHole, NbdError.Invalid },
        { "an unknown command", 8, 0, 512, 0, NbdError.Invalid },
        { "the highest command", 0xffff, 0, 512, 0, NbdError.Invalid },
    };

    [Theory]
    [MemberData(nameof(BrokenRequests))]
    public async Task A_request_that_breaks_a_rule_gets_its_error_and_the_connection_goes_on(
        string what, ushort kind, long offset, uint lengthBytes, ushort flags, NbdError expected)
    {
        await using var server = new TestServer();
        foreach (var isStructured in (bool[])[true, false])
        {
            using var client = isStructured ? server.Open(true, Export.BaseAllocation) : server.Open(false);
            var expectedNow = isStructured || flags != DoNotFragment ? expected : NbdError.Invalid;

            var error = client.Result(kind, offset, lengthBytes, flags, kind == Write ? new byte[lengthBytes] : null);

            Assert.True(expectedNow == error, $"{what}: {error}");
            client.AssertUsable();
        }

        Assert.True(server.Server.Counters.ErrorCount >= 2);
    }

    [Theory]
    [InlineData(Write, 0L, 512u)]
    [InlineData(Write, 0L, 2u << 20)]
    [InlineData(Write, 1L, 0u)]
    [InlineData(Trim, 0L, 512u)]
    [InlineData(Zero, 0L, 512u)]
    [InlineData(Zero, 0L, 8192u, FastZero)]
    public async Task A_read_only_export_refuses_every_kind_of_write(
        ushort kind, long offset, uint lengthBytes, ushort flags = 0)
    {
        await using var server = new TestServer();
        server.Disk.IsReadOnly = true;
        using var client = server.Open();
        Assert.Equal(NbdError.Perm,
            client.Result(kind, offset, lengthBytes, flags, kind == Write ? new byte[lengthBytes] : null));
        Assert.Equal(NbdError.None, client.Result(Flush, 0, 0));
        Assert.Empty(server.Disk.BatchSizes);
    }

    [Fact]
    public async Task A_wrong_request_magic_closes_the_connection_after_what_came_before()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        client.Send(RawClient.Request(Write, 0, 512, 9), new byte[512], RawClient.Request(Write, 0, 512)[1..],
            new byte[600]);
        Assert.Equal((NbdError.None, 9ul), client.ReceiveSimple());
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task A_write_that_is_far_too_long_closes_the_connection()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        client.SendRequest(Write, 0, uint.MaxValue);
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task Disconnect_answers_what_came_before_and_closes()
    {
        await using var server = new TestServer();
        server.Disk.IsCold = true;
        using var client = server.Open(isStructured: false);
        client.Send(
            RawClient.Request(Read, 0, 512, 1), RawClient.Request(Read, 512, 512, 2),
            RawClient.Request(Write, 0, 512, 3), new byte[512], RawClient.Request(2, 0, 0, 4));
        var replyBytes = (3 * 16) + (2 * 512);
        client.Receive(replyBytes);
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task Fua_on_a_read_is_accepted()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        client.SendRequest(Read, 0, 512, flags: Fua);
        Assert.Equal((true, 1), (client.ReceiveChunk().IsLast, 1));
        Assert.Equal(0, server.Disk.FlushCount);
    }

    [Fact]
    public async Task An_unfragmented_read_of_1_MiB_is_one_chunk()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        client.SendRequest(Read, 0, 1 << 20, flags: DoNotFragment);
        var chunk = client.ReceiveChunk();
        Assert.Equal((true, 1, 1 << 20), (chunk.IsLast, chunk.Kind, chunk.Content.Length));
    }

    [Fact]
    public async Task Writes_that_arrive_together_go_to_the_export_as_one_batch()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        var bytes = Noise(4096, 4);
        var message = new List<byte>();
        for (var i = 0u; i < 20; i++)
            message.AddRange([.. RawClient.Request(Write, i * 64 * 1024, 4096, i), .. bytes]);

        client.SendAll([.. message]);

        for (var i = 0ul; i < 20; i++)
            Assert.Equal((NbdError.None, i), client.ReceiveSimple());
        Assert.True(server.Disk.BatchSizes.Count < 20, $"{server.Disk.BatchSizes.Count} batches");
        for (var i = 0; i < 20; i++)
            Assert.True(server.Disk.Bytes.Slice(i * 64 * 1024, 4096).SequenceEqual(bytes));
    }

    [Fact]
    public async Task A_failed_batch_fails_all_its_writes()
    {
        await using var server = new TestServer();
        server.Disk.WriteFault = (_, _) => NbdError.NoSpace;
        using var client = server.Open();
        client.Send(RawClient.Request(Write, 0, 512, 1), new byte[512], RawClient.Request(Write, 512, 512, 2, Fua),
            new byte[512]);
        Assert.Equal((NbdError.NoSpace, 1ul), client.ReceiveResult());
        Assert.Equal((NbdError.NoSpace, 2ul), client.ReceiveResult());
        Assert.Equal(0, server.Disk.FlushCount);
    }

    [Fact]
    public async Task A_bad_write_among_good_ones_fails_alone()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        client.Send(
            RawClient.Request(Write, 0, 512, 1), new byte[512], RawClient.Request(Write, Size, 512, 2), new byte[512],
            RawClient.Request(Write, 512, 512, 3), new byte[512]);
        var results = Enumerable.Range(0, 3).Select(_ => client.ReceiveResult()).OrderBy(each => each.Cookie).ToList();
        Assert.Equal([(NbdError.None, 1ul), (NbdError.NoSpace, 2ul), (NbdError.None, 3ul)], results);
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        var bytes = Noise(512, 5);
        foreach (var each in (byte[])[.. RawClient.Request(Write, 512, 512, 8), .. bytes])
            client.SendAll([each]);
        Assert.Equal((NbdError.None, 8ul), client.ReceiveSimple());
        Assert.True(server.Disk.Bytes.Slice(512, 512).SequenceEqual(bytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Requests_of_every_size_in_one_stream_keep_their_bytes(int seed)
    {
        await using var server = new TestServer();
        server.Disk.IsCold = seed == 3;
        using var client = server.Open();
        var random = new Random(seed);
        var expected = new byte[Size];
        var message = new List<byte>();
        var count = 0u;
        for (long offset = 0; offset < Size; count++)
        {
            var lengthBytes = (int)Math.Min(Size - offset, 512 * (1 + random.Next(random.Next(10) == 0 ? 5000 : 20)));
            random.NextBytes(expected.AsSpan((int)offset, lengthBytes));
            message.AddRange(RawClient.Request(Write, offset, (uint)lengthBytes, count));
            message.AddRange(expected.AsSpan((int)offset, lengthBytes));
            offset += lengthBytes;
        }

        var sending = Task.Run(() => client.SendAll([.. message]), TestContext.Current.CancellationToken);
        for (var i = 0u; i < count; i++)
            Assert.Equal(NbdError.None, client.ReceiveSimple().Error);
        await sending;

        Assert.True(server.Disk.Bytes.SequenceEqual(expected), $"seed {seed}");
    }

    [Fact]
    public async Task An_exception_of_the_storage_is_an_io_error_and_is_reported()
    {
        await using var server = new TestServer();
        using var client = server.Open();
        server.Disk.ReadFault = (_, _) => throw new InvalidOperationException("read");
        server.Disk.WriteFault = (_, _) => throw new InvalidOperationException("write");
        server.Disk.FlushFault = () => throw new InvalidOperationException("flush");

        Assert.Equal(NbdError.Io, client.Result(Read, 0, 512));
        Assert.Equal(NbdError.Io, client.Result(Write, 0, 512, 0, new byte[512]));
        Assert.Equal(NbdError.Io, client.Result(Flush, 0, 0));

        var causes = server.Events.Where(each => each.Kind == NbdEventKind.Failed).Select(each =>
            each.Exception?.Message);
        Assert.Equal(["read", "write", "flush"], causes);
    }

    [Fact]
    public async Task Block_status_answers_each_context_in_a_chunk_of_its_own()
    {
        await using var server = new TestServer();
        server.Disk.Contexts = ["base:allocation", "qemu:dirty-bitmap:a"];
        server.Disk.StatusAnswer = [new(4096, 1), new(8192, 0), new(1 << 20, 3)];
        using var client = server.Open(true, "qemu:dirty-bitmap:a", "base:allocation");

        client.SendRequest(Status, 0, 65536, cookie: 3);

        var chunks = ReceiveAll(client);
        Assert.Equal(2, chunks.Count);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal((5, 3ul, i == 1), (chunks[i].Kind, chunks[i].Cookie, chunks[i].IsLast));
            Assert.Equal(RawClient.U32((uint)i), chunks[i].Payload[..4]);
            // The last is cut to what was asked for.
            Assert.Equal([(4096u, 1u), (8192u, 0u), (65536u - 12288u, 3u)], chunks[i].Extents);
        }
    }

    [Fact]
    public async Task Block_status_of_one_is_one_extent()
    {
        await using var server = new TestServer();
        server.Disk.StatusAnswer = [new(4096, 1), new(8192, 0)];
        using var client = server.Open(true, "base:allocation");
        client.SendRequest(Status, 0, 65536, flags: RequestOne);
        Assert.Equal([(4096u, 1u)], client.ReceiveChunk().Extents);
    }

    [Fact]
    public async Task Block_status_is_bounded()
    {
        await using var server = new TestServer(new NbdServerOptions { ExtentsMax = 10 });
        server.Disk.StatusAnswer = [.. Enumerable.Range(0, 50).Select(i => new StatusExtent(4096, (uint)i))];
        using var client = server.Open(true, "base:allocation");
        client.SendRequest(Status, 0, (uint)Size);
        Assert.Equal(10, client.ReceiveChunk().Extents.Count);
    }

    [Fact]
    public async Task Block_status_that_says_nothing_is_an_io_error()
    {
        await using var server = new TestServer();
        using var client = server.Open(true, "base:allocation");
        foreach (var answer in (StatusExtent[][])[[], [new(0, 0)], [new(-4096, 0)]])
        {
            server.Disk.StatusAnswer = answer;
            Assert.Equal(NbdError.Io, client.Result(Status, 0, 4096));
        }
    }

    private static List<RawClient.Chunk> ReceiveAll(RawClient client)
    {
        var chunks = new List<RawClient.Chunk>();
        do
            chunks.Add(client.ReceiveChunk());
        while (!chunks[^1].IsLast);
        return chunks;
    }

    private static byte[] ReadWhole(RawClient client, long offset, int lengthBytes, bool isStructured)
    {
        client.SendRequest(Read, offset, (uint)lengthBytes, cookie: 1234);
        if (!isStructured)
        {
            Assert.Equal((NbdError.None, 1234ul), client.ReceiveSimple());
            return client.Receive(lengthBytes);
        }

        var bytes = new byte[lengthBytes];
        foreach (var chunk in ReceiveAll(client).Where(each => each.Kind != 0))
        {
            Assert.Equal((1, 1234ul), (chunk.Kind, chunk.Cookie));
            chunk.Content.CopyTo(bytes, chunk.Offset - offset);
        }

        return bytes;
    }

    private static byte[] Noise(int lengthBytes, int seed)
    {
        var bytes = new byte[lengthBytes];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
