using System.Net;
using System.Net.Sockets;

namespace Tidemark.Nbd.Tests;

public sealed class NbdUriTests
{
    [Theory]
    [InlineData("nbd://localhost", "localhost", 10809, "")]
    [InlineData("nbd://localhost/", "localhost", 10809, "")]
    [InlineData("nbd://10.0.0.7:1234/pg", "10.0.0.7", 1234, "pg")]
    [InlineData("nbd://[::1]:1234/pg", "::1", 1234, "pg")]
    [InlineData("nbd://host/disk%20one@snap-1", "host", 10809, "disk one@snap-1")]
    [InlineData("nbd://host/a/b", "host", 10809, "a/b")]
    public void A_tcp_address_is_taken_apart(string text, string host, int port, string name)
    {
        var uri = NbdUri.Parse(text);
        Assert.Equal((host, port, null, name), (uri.Host, uri.Port, uri.SocketPath, uri.ExportName));
        Assert.Equal(uri, NbdUri.Parse(uri.ToString()));
    }

    [Theory]
    [InlineData("nbd+unix:///?socket=/run/nbd.sock", "/run/nbd.sock", "")]
    [InlineData("nbd+unix:///pg?socket=/run/nbd.sock", "/run/nbd.sock", "pg")]
    [InlineData("nbd+unix:///p%C3%A9?socket=/a%20b%26c", "/a b&c", "pé")]
    [InlineData("nbd+unix:///pg?other=1&socket=nbd.sock", "nbd.sock", "pg")]
    public void A_unix_address_is_taken_apart(string text, string path, string name)
    {
        var uri = NbdUri.Parse(text);
        Assert.Equal((null, 0, path, name), (uri.Host, uri.Port, uri.SocketPath, uri.ExportName));
        Assert.Equal(uri, NbdUri.Parse(uri.ToString()));
        Assert.IsType<UnixDomainSocketEndPoint>(uri.ToEndPoint());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("localhost:10809")]
    [InlineData("http://localhost/x")]
    [InlineData("nbds://localhost/x")]
    [InlineData("nbd:///x")]
    [InlineData("nbd://user@host/x")]
    [InlineData("nbd://host/x#y")]
    [InlineData("nbd+unix:///x")]
    [InlineData("nbd+unix:///x?socket=")]
    [InlineData("nbd+unix://host/x?socket=/a")]
    public void Anything_else_is_refused(string? text) => Assert.False(NbdUri.TryParse(text, out _));

    [Fact]
    public void The_refusal_says_what_was_expected()
    {
        var failure = Assert.Throws<FormatException>(() => NbdUri.Parse("nonsense"));
        Assert.Contains("nbd+unix:///NAME?socket=PATH", failure.Message);
    }

    [Fact]
    public void An_address_and_a_name_become_different_end_points()
    {
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 5), NbdUri.Tcp("::1", 5, "").ToEndPoint());
        Assert.Equal(new DnsEndPoint("host", 5), NbdUri.Tcp("host", 5, "").ToEndPoint());
        Assert.Equal("nbd://[::1]:5/a%20b", NbdUri.Tcp("::1", 5, "a b").ToString());
    }
}
