using Tidemark.Client;
using Tidemark.Disks.Keys;
using Tidemark.Hosting;

namespace Tidemark.Bench;

/// <summary>The real program as a service, on a data folder of its own, with a client for its API.</summary>
internal sealed class Product : IDisposable
{
    private readonly ServerProcess _process;
    private readonly string _socket;

    /// <summary>Starts the server.</summary>
    public Product(BenchPlan plan, string name)
    {
        var data = Path.Combine(plan.WorkFolder, name);
        _socket = Path.Combine(plan.WorkFolder, $"{name}.sock");
        var program = Path.Combine(plan.Root, "src", "Tidemark", "bin", "Release", "net10.0", "Tidemark.dll");
        string[] arguments =
            [program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--nbd", $"unix:{_socket}"];
        _process = ServerProcess.Start("dotnet", arguments, _socket, printsReadyLine: true);
        var credentials = CredentialsFile.Read(DataFolderFiles.Credentials(data))
            ?? throw new InvalidOperationException($"The server wrote no credentials: {_process.ReadyLine}");
        var key = credentials.Key;
        var settings = new ClientSettings(
            new Uri(credentials.Endpoint), key.SecretId, key.SecretKey, credentials.Region);
        Client = new TidemarkClient(settings, TimeProvider.System);
    }

    /// <summary>The API.</summary>
    public TidemarkClient Client { get; }

    /// <summary>The server.</summary>
    public ServerProcess Process => _process;

    /// <summary>Creates a disk and returns its id.</summary>
    public Task<string> CreateDiskAsync(int sizeGiB) =>
        Client.Disks.CreateAsync("bench", sizeGiB, null, Defaults.Zone, CancellationToken.None);

    /// <summary>The disk's address.</summary>
    public string UriOf(string diskId) => $"nbd+unix:///{diskId}?socket={_socket}";

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }
}
