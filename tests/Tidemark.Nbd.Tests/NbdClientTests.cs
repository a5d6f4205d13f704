using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>The client against this server and against qemu's.</summary>
public sealed class NbdClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_does_everything_with_the_server(bool isStructured)
    {
        await using var server = new TestServer();
        server.Disk.Description = "described";
        var options = new NbdClientOptions
        {
            WantsStructuredReplies = isStructured,
            MetaContexts = ["base:allocation", "x-test:absent"],
        };
        using var client = NbdClient.Connect(NbdUri.Parse(server.Uri), options);
        Assert.Equal((8L << 20, 512, false, true, "described"), (
            client.SizeBytes, client.BlockSizeMinBytes, client.IsReadOnly, client.CanMultiConnect, client.Description));

        UseEverything(client, server.Disk.Bytes, isStructured);

        Assert.True(server.Disk.FlushCount >= 2);
        client.Disconnect();
        await TestServer.Until(() => server.Events.Any(each => each.Kind == NbdEventKind.Closed),
            "the end was orderly");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_does_everything_with_qemu(bool isStructured)
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-qemu-");
        var image = Path.Combine(folder.FullName, "image.raw");
        var socket = Path.Combine(folder.FullName, "qemu.sock");
        await ForeignTool.Run("qemu-img", "create", "-f", "raw", image, "8M");
        using var qemu = ForeignTool.Start("qemu-nbd", "-t", "-f", "raw", "--discard=unmap", "-x", "pg", "-k", socket,
            image);
        try
        {
            await TestServer.Until(() => File.Exists(socket), "qemu-nbd listens");
            var uri = NbdUri.Unix(socket, "pg");
            var options = new NbdClientOptions
            {
                WantsStructuredReplies = isStructured,
                MetaContexts =
                ["base:allocation"]
            };
            using var client = NbdClient.Connect(uri, options);
            Assert.Equal(8L << 20, client.SizeBytes);

            UseEverything(client, [], isStructured);

            client.Disconnect();
            Assert.Equal("pg", Assert.Single(NbdClient.List(uri)).Name);
            Assert.Contains("base:allocation", NbdClient.ListMetaContexts(uri));
        }
        finally
        {
            qemu.Kill();
            await qemu.WaitForExitAsync(TestContext.Current.CancellationToken);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task It_lists_exports_and_contexts()
    {
        await using var server = new TestServer();
        server.Catalog.Disks["second"] = new MemoryDisk(1 << 20) { Description = "the second" };
        server.Disk.Contexts = ["base:allocation", "qemu:dirty-bitmap:a"];
        var uri = NbdUri.Parse(server.Uri);

        Assert.Equal([new("disk", ""), new("second", "the second")], NbdClient.List(uri));
        Assert.Equal(["base:allocation", "qemu:dirty-bitmap:a"], NbdClient.ListMetaContexts(uri));
    }

    [Fact]
    public async Task It_says_why_an_export_was_refused()
    {
        await using var server = new TestServer();
        server.Catalog.Refusal = new NbdOpenRefusal(NbdRefusalKind.Policy, "the disk is being restored");
        var failure = Assert.Throws<NbdException>(() => NbdClient.Connect(NbdUri.Parse(server.Uri)));
        Assert.Contains("the disk is being restored", failure.Message);
    }

    [Fact]
    public async Task It_throws_the_error_of_a_request_and_goes_on()
    {
        await using var server = new TestServer();
        using var client = NbdClient.Connect(NbdUri.Parse(server.Uri));

        Assert.Equal(NbdError.Invalid, Assert.Throws<NbdException>(() => client.Read(1, new byte[512])).Error);
        Assert.Equal(NbdError.NoSpace, Assert.Throws<NbdException>(() => client.Write(8 << 20, new byte[512])).Error);

        client.Write(0, new byte[512]);
    }

    [Fact]
    public void It_says_where_it_could_not_connect()
    {
        var uri = NbdUri.Unix("/nonexistent/nbd.sock", "x");
        Assert.Contains("/nonexistent/nbd.sock", Assert.Throws<NbdException>(() => NbdClient.Connect(uri)).Message);
    }

    [Fact]
    public async Task It_joins_the_extents_of_many_short_answers()
    {
        await using var server = new TestServer(new NbdServerOptions { ExtentsMax = 1 });
        using var client = NbdClient.Connect(
            NbdUri.Parse(server.Uri), new NbdClientOptions { MetaContexts = ["base:allocation"] });
        client.Write(4096, new byte[4096]);
        server.Disk.StatusAnswer = null;

        var extents = client.BlockStatus("base:allocation", 0, client.SizeBytes);

        Assert.Equal([new(4096, 3), new(4096, 0), new((8 << 20) - 8192, 3)], extents);
    }

    private static void UseEverything(NbdClient client, ReadOnlySpan<byte> bytes, bool isStructured)
    {
        var written = new byte[3 << 20];
        new Random(31).NextBytes(written);
        client.Write(1 << 20, written);
        client.Write(0, written.AsSpan(0, 512), isDurable: true);
        client.Flush();
        var read = new byte[5 << 20];
        client.Read(0, read);
        Assert.True(written.AsSpan(0, 512).SequenceEqual(read.AsSpan(0, 512)));
        Assert.True(written.AsSpan().SequenceEqual(read.AsSpan(1 << 20, written.Length)));
        Assert.True(bytes.IsEmpty || bytes[..read.Length].SequenceEqual(read));

        client.Trim(1 << 20, 65536, isDurable: true);
        client.WriteZeroes(2 << 20, 65536, keepAllocated: true, isDurable: true);
        client.Read(0, read);
        Assert.True(read.AsSpan(2 << 20, 65536).IndexOfAnyExcept((byte)0) < 0);

        if (!isStructured)
        {
            Assert.Empty(client.MetaContexts);
            return;
        }

        Assert.Equal(["base:allocation"], client.MetaContexts);
        var extents = client.BlockStatus("base:allocation", 0, client.SizeBytes);
        Assert.Equal(client.SizeBytes, extents.Sum(each => each.LengthBytes));
        Assert.Equal(StatusExtent.Hole | StatusExtent.Zero, extents[^1].Flags);
        Assert.Throws<NbdException>(() => client.BlockStatus("x-test:absent", 0, 4096));
    }
}
