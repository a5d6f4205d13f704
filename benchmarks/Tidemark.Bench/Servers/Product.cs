using System.Globalization;
using System.Text.RegularExpressions;
using Tidemark.Client;
using Tidemark.Disks.Keys;
using Tidemark.Hosting;

namespace Tidemark.Bench.Servers;

/// <summary>The real program as a service, on a data folder of its own, with a client for its API.</summary>
internal sealed partial class Product : IDisposable
{
    private readonly string _socket;
    private readonly int _port;

    /// <summary>Starts the server; on a folder that was served before, it goes on with what is there.</summary>
    /// <param name="plan">Where the program and its data are.</param>
    /// <param name="name">The data folder's name.</param>
    /// <param name="options">More options of <c>serve</c>.</param>
    public Product(BenchPlan plan, string name, params IEnumerable<string> options)
    {
        Folder = Path.Combine(plan.WorkFolder, name);
        _socket = Path.Combine(plan.WorkFolder, $"{name}.sock");
        _port = Ports.Free();
        var program = Path.Combine(plan.Root, "src", "Tidemark", "bin", "Release", "net10.0", "Tidemark.dll");
        string[] arguments =
        [
            program, "serve", "--data", Folder, "--listen", "127.0.0.1:0", "--nbd", $"unix:{_socket}",
            "--nbd", string.Create(CultureInfo.InvariantCulture, $"tcp:127.0.0.1:{_port}"), .. options,
        ];
        Process = ServerProcess.Start("dotnet", arguments, printsReadyLine: true, () => true);
        var credentials = CredentialsFile.Read(DataFolderFiles.Credentials(Folder))
            ?? throw new InvalidOperationException($"The server wrote no credentials: {Process.ReadyLine}");
        var endpoint = ApiAddress().Match(Process.ReadyLine);
        var key = credentials.Key;
        var settings = new ClientSettings(
            new Uri(endpoint.Success ? endpoint.Groups[1].Value : credentials.Endpoint),
            key.SecretId, key.SecretKey, credentials.Region);
        Client = new TidemarkClient(settings, TimeProvider.System);
    }

    /// <summary>Its data folder.</summary>
    public string Folder { get; }

    /// <summary>The API.</summary>
    public TidemarkClient Client { get; }

    /// <summary>The server.</summary>
    public ServerProcess Process { get; }

    /// <summary>Creates a disk and returns its id.</summary>
    public async Task<string> CreateDiskAsync(long sizeGiB, string? snapshotId = null)
    {
        var disk = await Client.Disks.CreateAsync("bench", sizeGiB, snapshotId, Defaults.Zone, CancellationToken.None);
        await Client.Disks.WaitUntilRestingAsync(disk, CancellationToken.None);
        return disk;
    }

    /// <summary>Takes a snapshot and returns its id.</summary>
    public Task<string> SnapshotAsync(string diskId) =>
        Client.Snapshots.CreateAsync(diskId, "bench", [], CancellationToken.None);

    /// <summary>Removes a disk for good, its snapshots with it.</summary>
    public Task RemoveDiskAsync(string diskId) =>
        Client.Disks.TerminateAsync([diskId], deleteSnapshots: true, force: true, CancellationToken.None);

    /// <summary>The disk's address.</summary>
    public string UriOf(string diskId, Transport transport = Transport.UnixSocket) =>
        transport == Transport.UnixSocket
            ? $"nbd+unix:///{diskId}?socket={_socket}"
            : string.Create(CultureInfo.InvariantCulture, $"nbd://127.0.0.1:{_port}/{diskId}");

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Process.Dispose();
    }

    [GeneratedRegex(@"\bapi=(http://\S+)")]
    private static partial Regex ApiAddress();
}
