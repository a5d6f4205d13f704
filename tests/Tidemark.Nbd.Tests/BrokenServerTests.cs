using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>A server that breaks the protocol is told so, and never makes the client wait for ever or crash.</summary>
public sealed class BrokenServerTests
{
    public static TheoryData<string, byte[]> BrokenHandshakes => new()
    {
        { "nothing at all", [] },
        { "half a greeting", FakeServer.Greeting[..9] },
        { "the greeting of something else", [.. "HTTP/1.1 400 Bad Request\r\n"u8] },
        { "an old server", [.. "NBDMAGIC"u8, .. RawClient.U64(0x00420281861253), .. new byte[136]] },
        { "a server that is not fixed newstyle", [.. "NBDMAGICIHAVEOPT"u8, 0, 2] },
        { "a reply with a wrong magic", [.. FakeServer.Greeting, .. new byte[20]] },
        { "a reply to another option", [.. FakeServer.Greeting, .. FakeServer.OptionReply(3, 1)] },
        { "a reply that is too long",
            [.. FakeServer.Greeting, .. FakeServer.OptionReply(8, 1)[..16], .. RawClient.U32(uint.MaxValue)] },
        { "a refusal", [.. FakeServer.Greeting, .. FakeServer.OptionReply(8, 1),
            .. FakeServer.OptionReply(7, 0x80000006)] },
        { "an export without a size",
            [.. FakeServer.Greeting, .. FakeServer.OptionReply(8, 1), .. FakeServer.OptionReply(7, 1)] },
    };

    public static TheoryData<string, byte[]> BrokenReplies => new()
    {
        { "nothing at all", [] },
        { "a wrong magic", new byte[40] },
        { "half a header", FakeServer.Chunk(1, 0)[..10] },
        { "a simple reply to another request",
            [.. RawClient.U32(0x67446698), .. RawClient.U32(0), .. RawClient.U64(99)] },
        { "a chunk for another request",
            [.. RawClient.U32(0x668e33ef), 0, 1, 0, 0, .. RawClient.U64(99), .. RawClient.U32(0)] },
        { "success without content", FakeServer.Chunk(1, 0) },
        { "too little content", FakeServer.Chunk(1, 1, [.. RawClient.U64(4096), .. new byte[512]]) },
        { "too much content", FakeServer.Chunk(1, 1, [.. RawClient.U64(4096), .. new byte[1536]]) },
        { "content before the range", FakeServer.Chunk(1, 1, [.. RawClient.U64(4095), .. new byte[512]]) },
        { "content after the range", FakeServer.Chunk(1, 1, [.. RawClient.U64(5120), .. new byte[512]]) },
        { "content at 2^63", FakeServer.Chunk(1, 1, [.. RawClient.U64(1ul << 63), .. new byte[512]]) },
        { "content of no bytes", FakeServer.Chunk(1, 1, RawClient.U64(4096)) },
        { "content without an offset", FakeServer.Chunk(1, 1, [1, 2, 3]) },
        { "a hole of 4 GiB", FakeServer.Chunk(1, 2, [.. RawClient.U64(4096), .. RawClient.U32(uint.MaxValue)]) },
        { "an unknown chunk", FakeServer.Chunk(1, 77) },
        { "a block status that was not asked for", FakeServer.Chunk(1, 5, new byte[12]) },
        { "an error without an error", FakeServer.Chunk(1, 0x8001, new byte[6]) },
        { "an error that is too short", FakeServer.Chunk(1, 0x8001, [0, 0, 0]) },
        { "an error whose text is longer than it", FakeServer.Chunk(1, 0x8001, [0, 0, 0, 5, 0, 9, 65]) },
        { "a chunk that is too long", [.. FakeServer.Chunk(1, 0x8001)[..16], .. RawClient.U32(1u << 31)] },
    };

    [Theory]
    [MemberData(nameof(BrokenHandshakes))]
    public async Task A_broken_handshake_is_an_error(string what, byte[] said)
    {
        using var server = new FakeServer();
        var serving = server.Say(said);

        var failure = Record.Exception(() => NbdClient.Connect(server.Uri).Dispose());

        Assert.True(failure is NbdException { Error: NbdError.None }, $"{what}: {failure}");
        await serving;
    }

    [Theory]
    [MemberData(nameof(BrokenReplies))]
    public async Task A_broken_reply_is_an_error(string what, byte[] said)
    {
        using var server = new FakeServer();
        var serving = server.Say(FakeServer.Handshake(), said);
        using (var client = NbdClient.Connect(server.Uri))
        {
            var failure = Record.Exception(() => client.Read(4096, new byte[1024]));
            Assert.True(failure is NbdException { Error: NbdError.None }, $"{what}: {failure}");
        }

        await serving;
    }

    [Fact]
    public async Task An_error_chunk_brings_its_text()
    {
        using var server = new FakeServer();
        var serving = server.Say(
            FakeServer.Handshake(), FakeServer.Chunk(1, 0x8002, [0, 0, 0, 5, 0, 2, 65, 66, .. RawClient.U64(4096)]));
        using (var client = NbdClient.Connect(server.Uri))
        {
            var failure = Assert.Throws<NbdException>(() => client.Read(4096, new byte[1024]));
            Assert.Equal(NbdError.Io, failure.Error);
            Assert.EndsWith(": AB", failure.Message, StringComparison.Ordinal);
        }

        await serving;
    }

    [Fact]
    public async Task Holes_and_content_in_any_order_make_a_read()
    {
        using var server = new FakeServer();
        var serving = server.Say(
            FakeServer.Handshake(), FakeServer.Chunk(0, 2, [.. RawClient.U64(4608), .. RawClient.U32(512)]),
            FakeServer.Chunk(0, 1, [.. RawClient.U64(4096), .. Enumerable.Repeat((byte)9, 512)]),
                FakeServer.Chunk(1, 0));
        using (var client = NbdClient.Connect(server.Uri))
        {
            var read = Enumerable.Repeat((byte)1, 1024).ToArray();
            client.Read(4096, read);
            Assert.Equal([.. Enumerable.Repeat((byte)9, 512), .. new byte[512]], read);
        }

        await serving;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_bytes_are_an_error(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            using var server = new FakeServer();
            var serving = server.Say(FakeServer.Handshake()[..random.Next(FakeServer.Handshake().Length + 1)], noise);
            var failure = Record.Exception(() =>
            {
                using var client = NbdClient.Connect(server.Uri);
                client.Read(0, new byte[512]);
            });
            Assert.True(failure is NbdException, $"seed {seed}, round {round}: {failure}");
            await serving;
        }
    }
}
