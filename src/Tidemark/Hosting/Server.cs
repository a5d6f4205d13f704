using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Tidemark.Api;
using Tidemark.Client;
using Tidemark.Disks;
using Tidemark.Disks.Keys;
using Tidemark.Disks.Measures;
using Tidemark.Hosting.Tls;
using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.Hosting;

/// <summary>
/// A whole server in this process: storage, domain, NBD, API and background work, put together and taken apart in the
/// right order. Disposing drains it: clients get the answers to what they sent, disks are flushed.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DisconnectTime = TimeSpan.FromSeconds(10);

    private readonly StorageStack _storage;
    private readonly DiskDomain _domain;
    private readonly NbdServer _nbd;
    private readonly ServerLog _log;
    private ApiHost? _api;

    private Server(StorageStack storage, DiskDomain domain, AccessKey key, MemoryBudget memory, ServerLog log)
    {
        _storage = storage;
        _domain = domain;
        _log = log;
        Key = key;
        var options = new NbdServerOptions { BufferBudgetBytes = memory.BufferBytes, OnEvent = log.Nbd };
        _nbd = new NbdServer(domain.Exports, options);
        domain.Clients.Disconnect = Disconnect;
    }

    /// <summary>The key that signs requests.</summary>
    public AccessKey Key { get; }

    /// <summary>What is shown to clients that connect by TLS; null when the API is plain HTTP.</summary>
    public TlsIdentity? Tls { get; private init; }

    /// <summary>Where the API is, as URLs.</summary>
    public IReadOnlyList<string> ApiAddresses => _api?.Addresses ?? [];

    /// <summary>Where disks are, as tcp:ADDRESS:PORT or unix:PATH.</summary>
    public IReadOnlyList<string> NbdAddresses => [.. _nbd.Addresses.Select(NbdAddress.Text)];

    /// <summary>Starts everything; on return disks and requests are served.</summary>
    public static async Task<Server> StartAsync(
        ServerSettings settings, ServerLog log, TimeProvider time, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.DataFolder);
        var memory = new MemoryBudget(settings.MemoryBytes);
        var measures = new ServerMeasures();
        var storage = StorageStack.Open(
            settings.DataFolder, memory, settings.AllowsNetworkFileSystem, log.Engine, measures);
        Server? server = null;
        try
        {
            var options = DomainOptionsOf(settings, log, time) with { Measures = measures };
            var domain = new DiskDomain(storage.Engine, storage.Catalog, options);
            domain.Watch.Announce("The server is starting.");
            var tls = settings.Tls is { } asked ? TlsIdentity.Open(settings, asked, log, time) : null;
            server = new Server(storage, domain, domain.Keys.EnsureFirst(settings.Key), memory, log) { Tls = tls };
            await server.ListenAsync(settings, cancellation);
            server.WriteCredentials(settings);
            domain.Background.Start();
            domain.Watch.Announce(null);
            return server;
        }
        catch
        {
            if (server is null)
                storage.Dispose();
            else
                await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _domain.Watch.Announce("The server is stopping.");
        if (_api is not null)
            await _api.StopAsync(CancellationToken.None);
        // Writes that wait for a suspended disk are answered like all others that were received.
        _domain.Suspension.Close();
        if (!await _nbd.StopAsync(DrainTime))
            _log.Error("Some NBD requests did not end in time; their clients were not answered.");
        await _nbd.DisposeAsync();
        if (_api is not null)
            await _api.DisposeAsync();
        _domain.Background.Dispose();
        _storage.Dispose();
    }

    private static DomainOptions DomainOptionsOf(ServerSettings settings, ServerLog log, TimeProvider time) => new()
    {
        MasterKey = MasterKey.OpenOrCreate(
            DataFolderFiles.MasterKey(settings.DataFolder), RandomNumberGenerator.Fill),
        Region = settings.Region,
        Zones = settings.Zones,
        OtherRegions = settings.OtherRegions,
        SnapshotQuotaBase = settings.SnapshotQuota,
        SnapshotBytesMax = settings.SnapshotBytesMax,
        StrictSizes = settings.StrictSizes,
        StrictInstances = settings.StrictInstances,
        EnforcePerformance = settings.EnforcePerformance,
        KeepDeleted = settings.KeepDeleted,
        KeepsSafetySnapshots = settings.KeepsSafetySnapshots,
        Log = log.Engine,
        Time = time,
    };

    private async Task ListenAsync(ServerSettings settings, CancellationToken cancellation)
    {
        foreach (var address in settings.Nbd)
            Listen(address);
        var options = new ApiOptions
        {
            Listen = settings.Listen,
            NbdAddresses = NbdAddresses,
            NbdCounters = () => _nbd.Counters,
            Certificate = Tls?.Certificate,
            LimitRates = settings.LimitsRates,
        };
        try
        {
            _api = await ApiHost.StartAsync(_domain, options, cancellation);
        }
        catch (IOException failure)
        {
            throw AddressTaken(string.Join(", ", settings.Listen), "--listen", failure);
        }
    }

    private void Listen(EndPoint address)
    {
        try
        {
            _nbd.Listen(address);
        }
        catch (SocketException failure)
        {
            throw AddressTaken(NbdAddress.Text(address), "--nbd", failure);
        }
    }

    // Keys that came from the environment are kept by whoever set them there.
    private void WriteCredentials(ServerSettings settings)
    {
        if (settings.Key is not null)
            return;
        var file = new CredentialsFile(Key, settings.Region, Reachable(ApiAddresses[0]))
        {
            CaFile = Tls?.CaFile ?? "",
        };
        file.Write(DataFolderFiles.Credentials(settings.DataFolder));
    }

    // An address that stands for all of them is none that a client can name.
    private static string Reachable(string url)
    {
        var address = new UriBuilder(url);
        address.Host = address.Host switch
        {
            "0.0.0.0" => "127.0.0.1",
            "[::]" => "[::1]",
            _ => address.Host,
        };
        return address.Uri.GetLeftPart(UriPartial.Authority);
    }

    private void Disconnect(string diskId)
    {
        _domain.Suspension.Release(diskId);
        var ended = _nbd.DisconnectClientsAsync(client => client.ExportName == diskId, DisconnectTime);
        if (ended.GetAwaiter().GetResult() is null)
            _log.Error($"Clients of {diskId} did not let go of it within {DisconnectTime.TotalSeconds:0} s.");
    }

    private static CommandException AddressTaken(string address, string option, Exception failure) => new(
        ExitCode.Conflict,
        "AddressNotAvailable",
        $"{address} cannot be listened on: {failure.Message}",
        $"Stop what uses it, or choose another address with {option}.",
        failure);
}
