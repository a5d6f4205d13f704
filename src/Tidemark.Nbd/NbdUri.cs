using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tidemark.Nbd;

/// <summary>
/// Where an export is: <c>nbd://host[:port]/name</c> or <c>nbd+unix:///name?socket=/path</c>. Name and path are
/// percent-encoded; a missing name is the empty one. TLS (<c>nbds</c>) is not known.
/// </summary>
public sealed record NbdUri
{
    /// <summary>The port that is meant when none is given.</summary>
    public const int DefaultPort = 10809;

    private const string TcpScheme = "nbd";
    private const string UnixScheme = "nbd+unix";

    private NbdUri(string? host, int port, string? socketPath, string exportName)
    {
        Host = host;
        Port = port;
        SocketPath = socketPath;
        ExportName = exportName;
    }

    /// <summary>Host name or address; null for a Unix socket.</summary>
    public string? Host { get; }

    /// <summary>TCP port; 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>Path of the Unix socket; null for TCP.</summary>
    public string? SocketPath { get; }

    /// <summary>The export's name; may be empty.</summary>
    public string ExportName { get; }

    /// <summary>An export behind a TCP address.</summary>
    public static NbdUri Tcp(string host, int port, string exportName) => new(host, port, null, exportName);

    /// <summary>An export behind a Unix socket.</summary>
    public static NbdUri Unix(string socketPath, string exportName) => new(null, 0, socketPath, exportName);

    /// <summary>Parses a URI.</summary>
    /// <exception cref="FormatException">It is none of the two forms; the message says which were expected.</exception>
    public static NbdUri Parse(string text) => TryParse(text, out var uri)
        ? uri
        : throw new FormatException(
            $"'{text}' is not an NBD address; expected nbd://HOST[:PORT]/NAME or nbd+unix:///NAME?socket=PATH.");

    /// <summary>Parses a URI; false when it is none of the two forms.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NbdUri? uri)
    {
        uri = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var parsed) || parsed.Fragment.Length > 0)
            return false;
        var path = parsed.AbsolutePath;
        var name = Uri.UnescapeDataString(path.StartsWith('/') ? path[1..] : path);
        if (parsed.Scheme == UnixScheme && parsed.Host.Length == 0)
        {
            var socketPath = SocketIn(parsed.Query);
            uri = string.IsNullOrEmpty(socketPath) ? null : Unix(socketPath, name);
        }
        else if (parsed.Scheme == TcpScheme && parsed.Host.Length > 0 && parsed.UserInfo.Length == 0)
        {
            uri = Tcp(parsed.DnsSafeHost, parsed.Port > 0 ? parsed.Port : DefaultPort, name);
        }

        return uri != null;
    }

    /// <summary>The address to connect to.</summary>
    public EndPoint ToEndPoint()
    {
        if (SocketPath != null)
            return new UnixDomainSocketEndPoint(SocketPath);
        return IPAddress.TryParse(Host, out var address)
            ? new IPEndPoint(address, Port)
            : new DnsEndPoint(Host ?? "", Port);
    }

    /// <summary>The URI as text, which <see cref="Parse"/> takes back.</summary>
    public override string ToString()
    {
        var name = string.Join('/', ExportName.Split('/').Select(Uri.EscapeDataString));
        if (SocketPath != null)
        {
            var path = Uri.EscapeDataString(SocketPath).Replace("%2F", "/", StringComparison.Ordinal);
            return $"{UnixScheme}:///{name}?socket={path}";
        }

        var host = Host != null && Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var port = Port == DefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{Port}");
        return $"{TcpScheme}://{host}{port}/{name}";
    }

    private static string? SocketIn(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&'))
        {
            if (part.StartsWith("socket=", StringComparison.Ordinal))
                return Uri.UnescapeDataString(part["socket=".Length..]);
        }

        return null;
    }
}
