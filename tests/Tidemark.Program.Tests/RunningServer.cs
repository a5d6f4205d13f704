using System.Net;
using System.Net.Sockets;
using Tidemark.Client;
using Tidemark.Hosting;
using Tidemark.Nbd;

namespace Tidemark.Program.Tests;

/// <summary>A whole server in this process on a temporary folder, for the tests of one class.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private Server? _server;

    public string Folder => _folder.Path;

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    internal string File(string name) => _folder.File(name);

    /// <summary>Runs a command against this server.</summary>
    internal Task<CliResult> RunAsync(params string[] arguments) => Cli.RunAsync(arguments, Folder);

    /// <summary>A client with the server's first key.</summary>
    internal TidemarkClient OpenClient()
    {
        var server = _server ?? throw new InvalidOperationException("The server is stopped.");
        return new TidemarkClient(
            new(new Uri(server.ApiAddresses[0]), server.Key.SecretId, server.Key.SecretKey, Defaults.Region),
            TimeProvider.System);
    }

    /// <summary>Creates a disk and returns its id.</summary>
    internal async Task<string> CreateDiskAsync(string name, int sizeGiB = 1)
    {
        var result = await RunAsync("disk", "create", name, "--size", $"{sizeGiB}", "-o", "json");
        return result.Json().GetProperty("DiskIdSet")[0].GetString() ?? "";
    }

    /// <summary>Takes a snapshot and returns its id.</summary>
    internal async Task<string> SnapshotAsync(string disk, string name)
    {
        var result = await RunAsync("snap", "create", disk, "--name", name, "-o", "json");
        return result.Json().GetProperty("SnapshotId").GetString() ?? "";
    }

    internal NbdClient Connect(string export) => NbdClient.Connect(NbdAddress.ToUri($"unix:{Socket}", export));

    /// <summary>Writes bytes and flushes.</summary>
    internal void Write(string export, long offset, byte value, int length)
    {
        using var disk = Connect(export);
        disk.Write(offset, Enumerable.Repeat(value, length).ToArray());
        disk.Flush();
        disk.Disconnect();
    }

    /// <summary>All bytes of a range.</summary>
    internal byte[] Read(string export, long offset, int length)
    {
        using var disk = Connect(export);
        var bytes = new byte[length];
        disk.Read(offset, bytes);
        disk.Disconnect();
        return bytes;
    }

    /// <summary>What /metrics says now.</summary>
    internal async Task<Scrape> ScrapeAsync()
    {
        var address = new Uri(new Uri(_server?.ApiAddresses[0] ?? ""), "/metrics");
        using var client = new HttpClient();
        return new Scrape(await client.GetStringAsync(address, TestContext.Current.CancellationToken));
    }

    internal async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    internal async Task StartAsync()
    {
        var settings = new ServerSettings
        {
            DataFolder = Folder,
            Listen = [new IPEndPoint(IPAddress.Loopback, 0)],
            Nbd = [new UnixDomainSocketEndPoint(Socket)],
            MemoryBytes = 64 << 20,
            KeepDeleted = TimeSpan.FromDays(1),
        };
        var log = new ServerLog(TextWriter.Null, TimeProvider.System);
        _server = await Server.StartAsync(settings, log, TimeProvider.System, CancellationToken.None);
    }

    private string Socket => _folder.File("nbd.sock");
}
