using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tidemark.Api.Actions;
using Tidemark.Api.Tests.Hosting;
using Tidemark.Catalog;
using Tidemark.Disks;
using Tidemark.Disks.Keys;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Api.Tests.Server;

/// <summary>
/// The whole server without its NBD side: the API on a free loopback port, over a real domain, a real engine on a
/// simulated store and a real catalog. Clock and ids are fixed, so whole answers can be compared.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string RequestId = "00000000-0000-0000-0000-000000000001";

    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-api-").FullName;
    private readonly SqlCatalog _catalog;
    private readonly HttpClient _client = new();
    private ApiHost? _host;

    private RunningServer(long? capacityBytes)
    {
        Store = capacityBytes is { } bytes
            ? new SimulatedStore(new SimulatedStoreOptions { CapacityBytes = bytes, ReserveSizeBytes = 0 })
            : new SimulatedStore();
        var random = new Random(20261122);
        _catalog = SqlCatalog.Open(new() { DataDirectory = _folder });
        Engine = StorageEngine.Open(Store, _catalog, new EngineOptions { MapBudgetBytes = 4 << 20 });
        Domain = new DiskDomain(Engine, _catalog, new DomainOptions
        {
            MasterKey = MasterKey.Draw(Fill),
            Region = "local",
            Zones = ["local-1", "local-2"],
            Time = Clock,
            Random = Fill,
        });
        Domain.Keys.EnsureFirst(new AccessKey(TestSigner.KnownId, TestSigner.KnownKey));

        void Fill(Span<byte> destination)
        {
            lock (random)
                random.NextBytes(destination);
        }
    }

    public FixedClock Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(RunningFace.Now));

    public SimulatedStore Store { get; }

    public StorageEngine Engine { get; }

    public DiskDomain Domain { get; }

    public CollectedLog Log { get; } = new();

    public static async Task<RunningServer> StartAsync(bool limitRates = false, long? capacityBytes = null)
    {
        var server = new RunningServer(capacityBytes);
        server._host = await ApiHost.StartAsync(server.Domain, new ApiOptions
        {
            Listen = [new IPEndPoint(IPAddress.Loopback, 0)],
            NbdAddresses = ["tcp:127.0.0.1:10809"],
            LimitRates = limitRates,
            NewRequestId = () => Guid.Parse(RequestId),
            ConfigureLogging = logging => logging.AddProvider(server.Log),
        });
        return server;
    }

    /// <summary>The whole answer of a signed request.</summary>
    public Task<string> SendAsync(string action, string body) => SendAsync(action, Encoding.UTF8.GetBytes(body));

    /// <summary>The whole answer of a signed request.</summary>
    public async Task<string> SendAsync(string action, byte[] bytes)
    {
        var address = new Uri(_host!.Addresses[0]);
        var signer = new TestSigner { Host = address.Authority, Timestamp = Clock.GetUtcNow().ToUnixTimeSeconds() };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", signer.Authorization("POST", "", bytes));
        request.Headers.TryAddWithoutValidation("X-TC-Action", action);
        var product = ActionTable.Find(action)?.Product ?? CloudProduct.Cbs;
        request.Headers.TryAddWithoutValidation("X-TC-Version", ApiVersion.Of(product));
        request.Headers.TryAddWithoutValidation("X-TC-Timestamp", $"{signer.Timestamp}");
        request.Headers.TryAddWithoutValidation("X-TC-Region", "local");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The answer to an unsigned GET.</summary>
    public async Task<(HttpStatusCode Status, string MediaType, string Text)> GetAsync(string path)
    {
        var address = new Uri(new Uri(_host!.Addresses[0]), path);
        using var response = await _client.GetAsync(address, TestContext.Current.CancellationToken);
        return (
            response.StatusCode,
            response.Content.Headers.GetValues("Content-Type").Single(),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What /readyz says.</summary>
    public async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        var (status, _, text) = await GetAsync("/readyz");
        return (status, text);
    }

    /// <summary>The samples of /metrics, by name and, of a disk, its id.</summary>
    public async Task<Dictionary<string, double>> ScrapeAsync()
    {
        var (_, _, text) = await GetAsync("/metrics");
        var samples = new Dictionary<string, double>();
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var name = line.Split('{', ' ')[0];
            var diskAt = line.IndexOf("{disk=\"", StringComparison.Ordinal);
            var key = diskAt < 0 ? name : $"{name} {line[(diskAt + 7)..].Split('"')[0]}";
            samples[key] = double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        }

        return samples;
    }

    /// <summary>The Response object of a request that must succeed.</summary>
    public async Task<JsonElement> CallAsync(string action, string body)
    {
        using var document = JsonDocument.Parse(await SendAsync(action, body));
        var response = document.RootElement.GetProperty("Response").Clone();
        Assert.False(response.TryGetProperty("Error", out _), $"{action} {body}: {response}");
        return response;
    }

    /// <summary>The error code of a request that must be refused; its message must name something.</summary>
    public async Task AssertRefusedAsync(string code, string named, string action, string body)
    {
        using var document = JsonDocument.Parse(await SendAsync(action, body));
        var response = document.RootElement.GetProperty("Response");
        Assert.True(response.TryGetProperty("Error", out var error), $"{action} {body}: {response}");
        Assert.Equal(code, error.GetProperty("Code").GetString());
        Assert.Contains(named, error.GetProperty("Message").GetString());
        Assert.Equal(RequestId, response.GetProperty("RequestId").GetString());
    }

    public async Task<string> NewDiskAsync(int sizeGiB = 1, string more = "")
    {
        var body = $$"""
            {"Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD",
            "DiskSize":{{sizeGiB}}{{more}}}
            """;
        return (await CallAsync("CreateDisks", body)).GetProperty("DiskIdSet")[0].GetString()!;
    }

    public async Task<string> NewSnapshotAsync(string diskId, string more = "")
    {
        var created = await CallAsync("CreateSnapshot", $$"""{"DiskId":"{{diskId}}"{{more}}}""");
        return created.GetProperty("SnapshotId").GetString()!;
    }

    public void Write(string diskId, long offset, byte value, int lengthBytes = 4096)
    {
        var payload = new byte[lengthBytes];
        Array.Fill(payload, value);
        Assert.Equal(IoResult.Done, Engine.OpenDisk(diskId).Write([new WritePiece(offset, 0, lengthBytes)], payload));
    }

    public byte Read(string diskId, long offset)
    {
        var block = new byte[4096];
        Assert.Equal(IoResult.Done, Engine.OpenDisk(diskId).Read(offset, block));
        return block[0];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        Engine.Dispose();
        _catalog.Dispose();
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
