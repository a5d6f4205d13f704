using System.Net;
using System.Net.Sockets;
using Tidemark.Output;

namespace Tidemark.Client;

/// <summary>Where a server serves its disks: one of its addresses, as seen from here.</summary>
/// <param name="Address">The address to connect to.</param>
/// <param name="Text">The same as the server wrote it: tcp:ADDRESS:PORT or unix:PATH.</param>
internal sealed record NbdLink(EndPoint Address, string Text)
{
    private const string UnixStart = "unix:";
    private const string TcpStart = "tcp:";

    /// <summary>
    /// Chooses the address to use: a socket that exists on this machine, else the first TCP address. A server that listens on every
    /// address is reached at the host of its API.
    /// </summary>
    public static NbdLink Choose(ServerDescription server, Uri endpoint)
    {
        var socket = server.NbdAddresses.FirstOrDefault(address =>
            address.StartsWith(UnixStart, StringComparison.Ordinal) && File.Exists(address[UnixStart.Length..]));
        if (socket is not null)
            return new NbdLink(new UnixDomainSocketEndPoint(socket[UnixStart.Length..]), socket);

        var tcp = server.NbdAddresses.FirstOrDefault(address => address.StartsWith(TcpStart, StringComparison.Ordinal));
        return tcp is not null && IPEndPoint.TryParse(tcp[TcpStart.Length..], out var parsed)
            ? new NbdLink(SeenFromHere(parsed, endpoint), tcp)
            : throw new CommandException(
                ExitCode.Unreachable,
                "NoNbdAddress",
                $"The server serves disks at {string.Join(", ", server.NbdAddresses)}; none of these is reachable here.",
                "Run the command on the server's machine, or start the server with --nbd tcp:ADDRESS:PORT.");
    }

    /// <summary>The address of one export as a URI that NBD clients understand.</summary>
    public static string Describe(string address, string export) =>
        address.StartsWith(UnixStart, StringComparison.Ordinal)
            ? $"nbd+unix:///{export}?socket={address[UnixStart.Length..]}"
            : $"nbd://{address[TcpStart.Length..]}/{export}";

    /// <summary>The address of one export as seen from here, as a URI.</summary>
    public string UriOf(string export) => Address switch
    {
        IPEndPoint ip => $"nbd://{ip}/{export}",
        DnsEndPoint name => $"nbd://{name.Host}:{name.Port}/{export}",
        _ => Describe(Text, export),
    };

    private static EndPoint SeenFromHere(IPEndPoint address, Uri endpoint)
    {
        if (!address.Address.Equals(IPAddress.Any) && !address.Address.Equals(IPAddress.IPv6Any))
            return address;
        return IPAddress.TryParse(endpoint.DnsSafeHost, out var host)
            ? new IPEndPoint(host, address.Port)
            : new DnsEndPoint(endpoint.DnsSafeHost, address.Port);
    }
}
