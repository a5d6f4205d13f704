using System.Globalization;

namespace Tidemark.Bench.Servers;

/// <summary>A peer that serves one file; it may be given a new one before each point.</summary>
internal sealed class Peer : IBlockServer
{
    private readonly PeerKind _kind;
    private readonly string _file;
    private readonly string _socket;
    private readonly Transport _transport;
    private readonly Func<Task>? _prepare;
    private ServerProcess _process;

    /// <summary>Starts a peer.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="file">The file that it serves.</param>
    /// <param name="transport">How it is reached.</param>
    /// <param name="prepare">Makes the file anew, while the peer is stopped; null to leave it alone.</param>
    public Peer(PeerKind kind, string file, Transport transport = Transport.UnixSocket, Func<Task>? prepare = null)
    {
        _kind = kind;
        _file = file;
        _socket = file + ".sock";
        _transport = transport;
        _prepare = prepare;
        _process = Start();
    }

    /// <inheritdoc/>
    public string Key => _kind.Key;

    /// <inheritdoc/>
    public string Uri { get; private set; } = "";

    /// <inheritdoc/>
    public ServerProcess Process => _process;

    /// <inheritdoc/>
    public async Task RenewAsync()
    {
        if (_prepare is null)
            return;
        _process.Dispose();
        await _prepare();
        _process = Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private ServerProcess Start()
    {
        File.Delete(_socket);
        var port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        var isTcp = _transport == Transport.Tcp;
        var isNbdkit = _kind.Program == "nbdkit";
        var export = isNbdkit ? "" : "disk";
        string[] address = (isNbdkit, isTcp) switch
        {
            (true, true) => ["--ipaddr=127.0.0.1", $"--port={port}"],
            (true, false) => [$"--unix={_socket}"],
            (false, true) => ["--bind=127.0.0.1", $"--port={port}"],
            (false, false) => [$"--socket={_socket}"],
        };
        Uri = isTcp ? $"nbd://127.0.0.1:{port}/{export}" : $"nbd+unix:///{export}?socket={_socket}";
        return ServerProcess.Start(
            _kind.Program,
            [.. address, .. _kind.Options, _file],
            printsReadyLine: false,
            () => isTcp ? Ports.IsOpen(int.Parse(port, CultureInfo.InvariantCulture)) : File.Exists(_socket));
    }
}
