using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Tidemark.Client;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>The options of a server, the same for <c>up</c> and <c>serve</c>.</summary>
internal sealed class ServerOptions
{
    // The kernel's limit for the path of a Unix socket, its closing zero included.
    private const int SocketPathBytesMax = 108;

    private readonly Option<string[]> _listen = new("--listen")
    {
        Description = $"where the API listens; repeatable [{Defaults.Listen}]",
        HelpName = "ADDR:PORT",
    };

    private readonly Option<string[]> _nbd = new("--nbd")
    {
        Description = $"where disks are served: tcp:ADDR:PORT or unix:PATH; repeatable [{Defaults.NbdTcp}, "
            + $"unix:DATA/{Defaults.NbdSocketName}]",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> _memory = new("--memory")
    {
        Description = "memory for maps, indexes and requests of all disks [a quarter of the machine's, at most 1GiB]",
        HelpName = "SIZE",
    };

    private readonly Option<bool> _limitRates = new("--limit-rates")
    {
        Description = "enforce the API's documented request rates for each key",
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "listen beyond this machine, though neither NBD nor, without TLS, HTTP is encrypted",
    };

    private readonly Option<bool> _networkFileSystem = new("--allow-network-fs")
    {
        Description = "accept a data folder on a network file system, whose locks and syncs may not hold",
    };

    private readonly TlsOptions _tls = new();
    private readonly RegionOptions _regions = new();
    private readonly RuleOptions _rules = new();

    /// <summary>All of them, for a verb to declare.</summary>
    public IReadOnlyList<Option> All =>
    [
        CommonOptions.Data, _listen, _nbd, .. _tls.All, .. _regions.All, _memory, .. _rules.All, _limitRates, _insecure,
        _networkFileSystem,
    ];

    /// <summary>What they say, together with the environment; refuses what cannot be or must not be.</summary>
    public ServerSettings Read(ParseResult parse)
    {
        var dataFolder = CommonOptions.DataFolder(parse);
        var isInsecure = parse.GetValue(_insecure);
        var listen = ListenAddresses(parse).ToList();
        var nbd = NbdAddresses(parse, dataFolder).ToList();
        var tls = _tls.Read(parse);
        foreach (var address in tls is null ? listen.Concat(nbd.OfType<IPEndPoint>()) : nbd.OfType<IPEndPoint>())
            RefuseOpenAddress(address, isInsecure);

        var regions = _regions.Read(parse);
        return _rules.Apply(parse, new ServerSettings
        {
            DataFolder = dataFolder,
            Listen = listen,
            Nbd = nbd,
            Region = regions[0].Name,
            Zones = regions[0].Zones,
            OtherRegions = [.. regions.Skip(1)],
            MemoryBytes = Memory(parse),
            Key = CommonOptions.KeyFromEnvironment(),
            Tls = tls,
            LimitsRates = parse.GetValue(_limitRates),
            AllowsNetworkFileSystem = parse.GetValue(_networkFileSystem),
        });
    }

    private IEnumerable<IPEndPoint> ListenAddresses(ParseResult parse)
    {
        if (parse.GetValue(_listen) is { Length: > 0 } given)
            return given.Select(ParseListen);
        if (EnvironmentNames.Read(EnvironmentNames.Endpoint) is not { } text)
            return [ParseListen(Defaults.Listen)];

        var endpoint = CommonOptions.ParseEndpoint(text);
        var host = endpoint.DnsSafeHost == "localhost" ? "127.0.0.1" : endpoint.DnsSafeHost;
        var scheme = _tls.Read(parse) is null ? "http" : "https";
        return endpoint.Scheme == scheme && IPAddress.TryParse(host, out var address)
            ? [new IPEndPoint(address, endpoint.Port)]
            : throw CommandException.Usage(
                $"{EnvironmentNames.Endpoint} is {endpoint}, which is not an address to listen on.",
                "Say where to listen with --listen ADDR:PORT.");
    }

    private IEnumerable<EndPoint> NbdAddresses(ParseResult parse, string dataFolder)
    {
        if (parse.GetValue(_nbd) is { Length: > 0 } given)
            return given.Select(ParseNbd);

        // A folder that lies too deep for a socket is still served over TCP.
        var socket = Path.Combine(dataFolder, Defaults.NbdSocketName);
        var tcp = ParseNbd(Defaults.NbdTcp);
        return socket.Length < SocketPathBytesMax ? [tcp, new UnixDomainSocketEndPoint(socket)] : [tcp];
    }

    private long Memory(ParseResult parse)
    {
        if (parse.GetValue(_memory) is not { } text)
            return MemoryBudget.DefaultBytes;
        var bytes = ByteSize.ParseBytes(text, 1L << 30);
        return bytes >= MemoryBudget.BytesMin
            ? bytes
            : throw CommandException.Usage(
                $"--memory {text} is too little.", $"Give at least {ByteSize.Format(MemoryBudget.BytesMin)}.");
    }

    private static IPEndPoint ParseListen(string text) => NbdAddress.ParseTcp("tcp:" + text)
        ?? throw CommandException.Usage(
            $"'{text}' is not an address to listen on.", "Write it like 127.0.0.1:8780 or [::1]:8780.");

    private static EndPoint ParseNbd(string text)
    {
        if (NbdAddress.SocketPath(text) is { Length: > 0 } path)
        {
            var whole = Path.GetFullPath(path);
            return whole.Length < SocketPathBytesMax
                ? new UnixDomainSocketEndPoint(whole)
                : throw CommandException.Usage(
                    $"The path {whole} is too long for a socket ({SocketPathBytesMax - 1} bytes at most).",
                    "Choose a shorter one with --nbd unix:PATH.");
        }

        return NbdAddress.ParseTcp(text) ?? throw CommandException.Usage(
            $"'{text}' is not an NBD address.", "Write tcp:127.0.0.1:10809 or unix:PATH.");
    }

    private static void RefuseOpenAddress(IPEndPoint address, bool isInsecure)
    {
        if (isInsecure || IPAddress.IsLoopback(address.Address))
            return;
        throw new CommandException(
            ExitCode.Usage,
            "InsecureAddress",
            $"{address} can be reached from other machines, and what goes over it is neither encrypted nor, for NBD, "
                + "authenticated.",
            "Listen on 127.0.0.1 with a tunnel in front of it, serve the API with --tls, or add --insecure.");
    }
}
