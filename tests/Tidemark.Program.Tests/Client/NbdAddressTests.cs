using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Program.Tests.Client;

public sealed class NbdAddressTests
{
    private static readonly Uri Endpoint = new("http://tidemark.example:8780");

    [Fact]
    public void A_socket_that_exists_here_is_preferred()
    {
        using var folder = new TestFolder();
        var path = folder.File("nbd.sock");
        File.WriteAllText(path, "");

        var uri = NbdAddress.Choose(Server("tcp:127.0.0.1:10809", $"unix:{path}"), Endpoint, "disk-1");

        Assert.Equal(path, uri.SocketPath);
        Assert.Equal("disk-1", uri.ExportName);
    }

    [Fact]
    public void A_socket_that_does_not_exist_here_is_passed_over()
    {
        var uri = NbdAddress.Choose(Server("unix:/nowhere/nbd.sock", "tcp:10.0.0.7:10810"), Endpoint, "disk-1");

        Assert.Equal("10.0.0.7", uri.Host);
        Assert.Equal(10810, uri.Port);
    }

    [Fact]
    public void A_server_that_listens_everywhere_is_reached_at_the_host_of_its_api()
    {
        var uri = NbdAddress.Choose(Server("tcp:0.0.0.0:10809"), Endpoint, "disk-1");

        Assert.Equal("tidemark.example", uri.Host);
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_said_so()
    {
        var failure = Assert.Throws<CommandException>(
            () => NbdAddress.Choose(Server("unix:/nowhere/nbd.sock"), Endpoint, "disk-1"));

        Assert.Equal(ExitCode.Unreachable, failure.ExitCode);
    }

    [Theory]
    [InlineData("tcp:127.0.0.1:10809", "127.0.0.1:10809")]
    [InlineData("tcp:[::1]:10809", "[::1]:10809")]
    [InlineData("tcp:127.0.0.1", null)]
    [InlineData("tcp:[::1]", null)]
    [InlineData("udp:127.0.0.1:1", null)]
    [InlineData("tcp:127.0.0.1:99999", null)]
    public void A_tcp_address_needs_its_port(string text, string? expected) =>
        Assert.Equal(expected, NbdAddress.ParseTcp(text)?.ToString());

    private static ServerDescription Server(params string[] nbd) =>
        new("0.1.0", "ap-guangzhou", ["ap-guangzhou-1"], nbd);
}
