using System.Net;
using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.Client;

/// <summary>Addresses of NBD servers as text: <c>tcp:ADDRESS:PORT</c> or <c>unix:PATH</c>.</summary>
internal static class NbdAddress
{
    private const string UnixStart = "unix:";
    private const string TcpStart = "tcp:";

    /// <summary>
    /// Chooses the address to use for an export: a socket that exists on this machine, else the first TCP address. A
    /// server that listens on every address is reached at the host of its API.
    /// </summary>
    public static NbdUri Choose(ServerDescription server, Uri endpoint, string export)
    {
        var socket = server.NbdAddresses.FirstOrDefault(
            address => SocketPath(address) is { } path && File.Exists(path));
        if (socket is not null)
            return ToUri(socket, export);

        var tcp = server.NbdAddresses.FirstOrDefault(address => SocketPath(address) is null)
            ?? throw new CommandException(
                ExitCode.Unreachable,
                "NoNbdAddress",
                $"The server serves disks at {string.Join(", ", server.NbdAddresses)}; none can be reached from here.",
                "Run the command on the server's machine, or start the server with --nbd tcp:ADDRESS:PORT.");
        var uri = ToUri(tcp, export);
        var isEverywhere = IPAddress.TryParse(uri.Host, out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        return isEverywhere ? NbdUri.Tcp(endpoint.DnsSafeHost, uri.Port, export) : uri;
    }

    /// <summary>The address of one export.</summary>
    public static NbdUri ToUri(string address, string export) => SocketPath(address) is { } path
        ? NbdUri.Unix(path, export)
        : ParseTcp(address) is { } endPoint
            ? NbdUri.Tcp(endPoint.Address.ToString(), endPoint.Port, export)
            : throw CommandException.Usage(
                $"'{address}' is not an NBD address.", "Write tcp:ADDRESS:PORT or unix:PATH.");

    /// <summary>The path of a socket's address; null for TCP.</summary>
    public static string? SocketPath(string address) =>
        address.StartsWith(UnixStart, StringComparison.Ordinal) ? address[UnixStart.Length..] : null;

    /// <summary>The address and port of a TCP address; null when it is none.</summary>
    public static IPEndPoint? ParseTcp(string address)
    {
        if (!address.StartsWith(TcpStart, StringComparison.Ordinal))
            return null;

        // The parser takes an address without a port for one with port 0, which means any.
        var text = address[TcpStart.Length..];
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        return hasPort && IPEndPoint.TryParse(text, out var endPoint) ? endPoint : null;
    }

    /// <summary>A TCP address as text.</summary>
    public static string Text(EndPoint address) => address switch
    {
        IPEndPoint ip => $"{TcpStart}{ip}",
        System.Net.Sockets.UnixDomainSocketEndPoint socket => $"{UnixStart}{socket}",
        _ => address.ToString() ?? "",
    };
}
