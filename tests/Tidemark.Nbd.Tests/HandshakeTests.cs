using System.Buffers.Binary;
using System.Text;
using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>The handshake, right and wrong, in raw bytes.</summary>
public sealed class HandshakeTests
{
    private const uint ExportName = 1;
    private const uint Abort = 2;
    private const uint List = 3;
    private const uint StartTls = 5;
    private const uint Info = 6;
    private const uint Go = 7;
    private const uint Structured = 8;
    private const uint ListContexts = 9;
    private const uint SetContexts = 10;
    private const uint ExtendedHeaders = 11;

    [Fact]
    public async Task Export_name_is_answered_with_size_flags_and_no_zeroes()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();

        client.SendOption(ExportName, Encoding.UTF8.GetBytes("disk"));

        var answer = client.Receive(10);
        Assert.Equal(8L << 20, BinaryPrimitives.ReadInt64BigEndian(answer));
        // HAS_FLAGS, FLUSH, FUA, TRIM, WRITE_ZEROES, MULTI_CONN, CACHE, FAST_ZERO; no DF without structured replies.
        Assert.Equal(0b1101_0110_1101, BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(8)));
        client.AssertUsable();
    }

    [Fact]
    public async Task Export_name_is_followed_by_zeroes_unless_they_are_waived()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet(flags: 1);

        client.SendOption(ExportName, Encoding.UTF8.GetBytes("disk"));

        Assert.Equal(new byte[124], client.Receive(134)[10..]);
        client.AssertUsable();
    }

    [Fact]
    public async Task A_newstyle_client_that_is_not_fixed_may_only_name_an_export()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet(flags: 0);
        client.SendOption(ExportName);
        client.Receive(134);
        client.AssertUsable();

        using var other = server.Connect();
        other.Greet(flags: 0);
        other.SendOption(List);
        Assert.True(other.IsClosedByServer());
    }

    [Fact]
    public async Task Export_name_of_an_unknown_export_closes_the_connection()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        client.SendOption(ExportName, Encoding.UTF8.GetBytes("nothing"));
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task The_empty_name_is_for_the_catalog_to_resolve()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Negotiate("");
        client.AssertUsable();
        Assert.Equal("disk", server.Server.ListConnections()[0].ExportName);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData(StartTls)]
    [InlineData(ExtendedHeaders)]
    [InlineData(0xffffffffu)]
    public async Task An_unknown_option_is_unsupported_and_the_handshake_goes_on(uint option)
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();

        Assert.Equal(RawClient.Unsupported, Assert.Single(client.Ask(option, [1, 2, 3])).Kind);

        Assert.Equal(RawClient.Ack, client.Ask(Go, RawClient.GoRequest("disk"))[^1].Kind);
        client.AssertUsable();
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(0x80000003u)]
    public async Task Unknown_client_flags_close_the_connection(uint flags)
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet(flags);
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task A_wrong_option_magic_closes_the_connection()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        client.Send(Encoding.ASCII.GetBytes("IHAVEOPS"), RawClient.U32(List), RawClient.U32(0));
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task Abort_is_acknowledged_and_ends_the_session()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        Assert.Equal(RawClient.Ack, Assert.Single(client.Ask(Abort)).Kind);
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task Info_tells_what_go_tells_and_the_handshake_goes_on()
    {
        await using var server = new TestServer();
        server.Disk.Description = "described";
        using var client = server.Connect();
        client.Greet();

        var replies = client.Ask(Info, RawClient.GoRequest("", 1, 2, 3, 99));

        Assert.Equal(5, replies.Count);
        var size = replies[0].Content;
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(size));
        Assert.Equal(8L << 20, BinaryPrimitives.ReadInt64BigEndian(size.AsSpan(2)));
        Assert.Equal([0, 3, .. RawClient.U32(512), .. RawClient.U32(4096), .. RawClient.U32(32 << 20)],
            replies[1].Content);
        Assert.Equal("\0\u0001disk", Encoding.UTF8.GetString(replies[2].Content));
        Assert.Equal("\0\u0002described", Encoding.UTF8.GetString(replies[3].Content));
        Assert.Equal(RawClient.Ack, client.Ask(Go, RawClient.GoRequest("disk"))[^1].Kind);
        client.AssertUsable();
    }

    [Fact]
    public async Task A_read_only_export_says_so()
    {
        await using var server = new TestServer();
        server.Disk.IsReadOnly = true;
        using var client = server.Connect();
        client.Greet();
        Assert.Equal(RawClient.Ack, client.Ask(Structured)[^1].Kind);

        var size = client.Ask(Go, RawClient.GoRequest("disk"))[0].Content;

        // HAS_FLAGS, READ_ONLY, FLUSH, FUA, DF, MULTI_CONN, CACHE.
        Assert.Equal(0b101_1000_1111, BinaryPrimitives.ReadUInt16BigEndian(size.AsSpan(10)));
    }

    [Theory]
    [InlineData(NbdRefusalKind.Unknown, RawClient.Unknown)]
    [InlineData(NbdRefusalKind.Policy, RawClient.Policy)]
    [InlineData(NbdRefusalKind.Shutdown, RawClient.Shutdown)]
    public async Task A_refusal_carries_its_kind_and_its_text(NbdRefusalKind kind, uint expected)
    {
        await using var server = new TestServer();
        server.Catalog.Refusal = new NbdOpenRefusal(kind, "because it is so");
        using var client = server.Connect();
        client.Greet();
        client.Ask(Structured);

        foreach (var reply in (List<(uint Kind, byte[] Content)>)[
            client.Ask(Go, RawClient.GoRequest("disk"))[0], client.Ask(Info, RawClient.GoRequest("disk"))[0],
            client.Ask(SetContexts, RawClient.ContextQuery("disk", "base:allocation"))[0],
            client.Ask(ListContexts, RawClient.ContextQuery("disk"))[0]])
        {
            Assert.Equal(expected, reply.Kind);
            Assert.Equal("because it is so", Encoding.UTF8.GetString(reply.Content));
        }

        server.Catalog.Refusal = null;
        Assert.Equal(RawClient.Ack, client.Ask(Go, RawClient.GoRequest("disk"))[^1].Kind);
    }

    [Fact]
    public async Task A_catalog_that_throws_refuses_and_the_fault_is_reported()
    {
        await using var server = new TestServer();
        server.Catalog.Fault = new InvalidOperationException("broken catalog");
        using var client = server.Connect();
        client.Greet();

        Assert.Equal(RawClient.Policy, client.Ask(Go, RawClient.GoRequest("disk"))[0].Kind);

        Assert.Contains(server.Events, each => each.Kind == NbdEventKind.Failed && each.Exception != null);
    }

    public static TheoryData<string, uint, byte[]> BrokenOptions => new()
    {
        { "list with data", List, [1] },
        { "structured replies with data", Structured, [1] },
        { "go without data", Go, [] },
        { "go with half a length", Go, [0, 0, 0] },
        { "go with a name beyond the end", Go, [.. RawClient.U32(100), 65, 66] },
        { "go with a name of 4 GiB", Go, [.. RawClient.U32(uint.MaxValue), 65, 66] },
        { "go without a count", Go, RawClient.Text("disk") },
        { "go with too few facts", Go, [.. RawClient.Text("disk"), 0, 2, 0, 1] },
        { "go with too many facts", Go, [.. RawClient.Text("disk"), 0, 1, 0, 1, 0, 2] },
        { "go with a name that is not UTF-8", Go, [.. RawClient.U32(2), 0xc3, 0x28, 0, 0] },
        { "go with a name that holds NUL", Go, [.. RawClient.Text("di\0k"), 0, 0] },
        { "info with a name of 4,097 bytes", Info, [.. RawClient.Text(new string('a', 4097)), 0, 0] },
        { "contexts without data", SetContexts, [] },
        { "contexts without a count", SetContexts, RawClient.Text("disk") },
        { "contexts with fewer queries than counted", SetContexts,
            [.. RawClient.Text("disk"), .. RawClient.U32(2), .. RawClient.Text("base:allocation")] },
        { "contexts with more than counted", SetContexts, [.. RawClient.ContextQuery("disk", "base:allocation"), 9] },
        { "contexts with 4 Gi queries", ListContexts, [.. RawClient.Text("disk"), .. RawClient.U32(uint.MaxValue)] },
        { "a query without a name space", SetContexts, RawClient.ContextQuery("disk", "allocation") },
        { "a query with an empty name space", SetContexts, RawClient.ContextQuery("disk", ":allocation") },
    };

    [Theory]
    [MemberData(nameof(BrokenOptions))]
    public async Task Option_data_that_breaks_the_rules_is_invalid_and_the_handshake_goes_on(
        string what, uint option, byte[] content)
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        if (option != Structured)
            client.Ask(Structured);

        Assert.True(RawClient.Invalid == Assert.Single(client.Ask(option, content)).Kind, what);

        Assert.Equal(RawClient.Ack, client.Ask(Go, RawClient.GoRequest("disk"))[^1].Kind);
        client.AssertUsable();
    }

    [Fact]
    public async Task Option_data_that_is_too_long_is_skipped_and_answered()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();

        Assert.Equal(RawClient.TooBig, Assert.Single(client.Ask(Go, new byte[(64 * 1024) + 1])).Kind);
        Assert.Equal(RawClient.TooBig, Assert.Single(client.Ask(77, new byte[1024 * 1024])).Kind);

        Assert.Equal(RawClient.Ack, client.Ask(Go, RawClient.GoRequest("disk"))[^1].Kind);
    }

    [Theory]
    [InlineData(Go, (1u << 20) + 1)]
    [InlineData(List, uint.MaxValue)]
    [InlineData(ExportName, 1u << 20)]
    public async Task Option_data_that_is_far_too_long_closes_the_connection(uint option, uint lengthBytes)
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        client.Send(Encoding.ASCII.GetBytes("IHAVEOPT"), RawClient.U32(option), RawClient.U32(lengthBytes));
        Assert.True(client.IsClosedByServer());
    }

    [Fact]
    public async Task An_export_name_that_is_not_utf8_closes_the_connection()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        client.SendOption(ExportName, [0xff]);
        Assert.True(client.IsClosedByServer());
    }

    [Theory]
    [InlineData(SetContexts)]
    [InlineData(ListContexts)]
    public async Task Meta_contexts_before_structured_replies_are_invalid(uint option)
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        Assert.Equal(RawClient.Invalid, client.Ask(option, RawClient.ContextQuery("disk", "base:allocation"))[0].Kind);
    }

    [Theory]
    [InlineData("", "base:allocation qemu:dirty-bitmap:a qemu:dirty-bitmap:b")]
    [InlineData("base:", "base:allocation")]
    [InlineData("qemu:", "qemu:dirty-bitmap:a qemu:dirty-bitmap:b")]
    [InlineData("qemu:dirty-bitmap:", "qemu:dirty-bitmap:a qemu:dirty-bitmap:b")]
    [InlineData("qemu:dirty-bitmap:hidden", "qemu:dirty-bitmap:hidden")]
    [InlineData("base:other", "")]
    [InlineData("x-test:", "")]
    public async Task Contexts_are_listed_by_query(string query, string expected)
    {
        await using var server = new TestServer();
        server.Disk.Contexts = ["base:allocation", "qemu:dirty-bitmap:a", "qemu:dirty-bitmap:b"];
        server.Disk.HiddenContexts = ["qemu:dirty-bitmap:hidden"];
        using var client = server.Connect();
        client.Greet();
        client.Ask(Structured);

        var content = query.Length == 0 ? RawClient.ContextQuery("disk") : RawClient.ContextQuery("disk", query);
        var replies = client.Ask(ListContexts, content);

        Assert.Equal(expected,
            string.Join(' ', replies.SkipLast(1).Select(each => Encoding.UTF8.GetString(each.Content[4..]))));
        Assert.All(replies.SkipLast(1), each => Assert.Equal([0, 0, 0, 0], each.Content[..4]));
    }

    [Theory]
    [InlineData("base:")]
    [InlineData("qemu:dirty-bitmap:other")]
    public async Task A_query_that_names_no_context_selects_nothing(string query)
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        client.Ask(Structured);
        Assert.Equal(RawClient.Ack, Assert.Single(client.Ask(SetContexts, RawClient.ContextQuery("disk", query))).Kind);
        client.Ask(Go, RawClient.GoRequest("disk"));
        Assert.Equal(NbdError.Invalid, client.Result(7, 0, 4096));
    }

    [Fact]
    public async Task Selected_contexts_are_bounded()
    {
        await using var server = new TestServer(new NbdServerOptions { ContextsMax = 3, ContextQueriesMax = 8 });
        server.Disk.Contexts = [.. Enumerable.Range(0, 9).Select(i => $"x-test:{i}")];
        using var client = server.Connect();
        client.Greet();
        client.Ask(Structured);

        Assert.Equal(4, client.Ask(ListContexts, RawClient.ContextQuery("disk")).Count);
        Assert.Equal(4, client.Ask(SetContexts, RawClient.ContextQuery("disk", server.Disk.Contexts[..8])).Count);
        Assert.Equal(RawClient.TooBig,
            client.Ask(SetContexts, RawClient.ContextQuery("disk", server.Disk.Contexts))[0].Kind);
    }

    [Fact]
    public async Task Contexts_of_one_export_mean_nothing_for_another()
    {
        await using var server = new TestServer();
        server.Catalog.Disks["other"] = new MemoryDisk(1 << 20);
        using var client = server.Connect();
        client.Greet();
        client.Ask(Structured);
        Assert.Equal(2, client.Ask(SetContexts, RawClient.ContextQuery("other", "base:allocation")).Count);

        client.Ask(Go, RawClient.GoRequest("disk"));

        Assert.Equal(NbdError.Invalid, client.Result(7, 0, 4096));
    }

    [Fact]
    public async Task A_failed_selection_voids_the_earlier_one()
    {
        await using var server = new TestServer();
        using var client = server.Connect();
        client.Greet();
        client.Ask(Structured);
        Assert.Equal(2, client.Ask(SetContexts, RawClient.ContextQuery("disk", "base:allocation")).Count);
        Assert.Equal(RawClient.Invalid, client.Ask(SetContexts, [1])[0].Kind);

        client.Ask(Go, RawClient.GoRequest("disk"));

        Assert.Equal(NbdError.Invalid, client.Result(7, 0, 4096));
    }
}
