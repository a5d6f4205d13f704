using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Client;
using Tidemark.Disks.Keys;
using Tidemark.Nbd;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// The real program as a server in a process of its own, and everything that a test asks of it. Whatever fails in here
/// carries the server's log.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private const int LogCharactersMax = 1 << 20;
    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CommandTimeMax = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _log = new(); // guarded by itself: the reader's thread appends
    private ApiClient? _api;
    private TidemarkClient? _client;

    private ServerProcess(Process process, string dataFolder)
    {
        _process = process;
        DataFolder = dataFolder;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        ReadyLine = WaitUntilReady();
        // What else it says on standard output is nothing a test looks at, but the pipe must not fill.
        _ = process.StandardOutput.ReadToEndAsync();
        foreach (var word in ReadyLine.Split(' '))
        {
            if (word.StartsWith("nbd=tcp:", StringComparison.Ordinal))
                TcpPort = int.Parse(word.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
            else if (word.StartsWith("nbd=unix:", StringComparison.Ordinal))
                Socket = word["nbd=unix:".Length..];
            else if (word.StartsWith("api=", StringComparison.Ordinal))
                Endpoint = word["api=".Length..];
        }
    }

    public string DataFolder { get; }

    public string ReadyLine { get; }

    public int TcpPort { get; }

    public string Socket { get; } = "";

    public string Endpoint { get; } = "";

    /// <summary>Everything that it has written to standard error.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>The program's own client of this server.</summary>
    public TidemarkClient Client => _client ??= new TidemarkClient(Settings(), TimeProvider.System);

    /// <summary>The program that was built with these tests.</summary>
    public static string ProgramPath { get; } = Path.Combine(AppContext.BaseDirectory, "Tidemark.dll");

    /// <summary>Starts a server on free ports and a socket beside its folder, and waits until it is ready.</summary>
    public static ServerProcess Start(string dataFolder, params string[] options)
    {
        string[] arguments =
        [
            ProgramPath, "serve", "--data", dataFolder, "--listen", "127.0.0.1:0", "--nbd", "tcp:127.0.0.1:0",
            "--nbd", $"unix:{dataFolder}.sock", .. options,
        ];
        var start = CleanStart(arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server was not started.");
        return new ServerProcess(process, dataFolder);
    }

    /// <summary>An export behind the Unix socket, as URI.</summary>
    public string Uri(string export) => NbdUri.Unix(Socket, export).ToString();

    /// <summary>Connects to an export.</summary>
    public NbdClient Connect(string export, params string[] contexts) =>
        NbdClient.Connect(NbdUri.Unix(Socket, export), new NbdClientOptions { MetaContexts = contexts });

    /// <summary>Runs a command in JSON mode that must succeed, and returns its output.</summary>
    public JsonElement Cli(params string[] arguments)
    {
        var result = TryCli([.. arguments, "-o", "json"]);
        Assert.True(result.ExitCode == 0, $"{result}\n--- server\n{Log}");
        return result.Json();
    }

    /// <summary>Runs a command to its end, whatever that is.</summary>
    public ToolResult TryCli(params string[] arguments) => Command([.. arguments, "--data", DataFolder]);

    /// <summary>Runs the program without any word about a server.</summary>
    public static ToolResult Command(params string[] arguments) => Command(arguments, null);

    /// <summary>Runs the program with standard input.</summary>
    public static ToolResult Command(string[] arguments, Stream? input) =>
        Tool.Execute(CleanStart([ProgramPath, .. arguments]), CommandTimeMax, input);

    /// <summary>Creates an empty disk and returns its id.</summary>
    public string CreateDisk(string name, int sizeGiB = 1) =>
        Cli("disk", "create", name, "--size", $"{sizeGiB}GiB").GetProperty("DiskIdSet")[0].GetString()!;

    /// <summary>Takes a snapshot and returns its id.</summary>
    public string CreateSnapshot(string disk, string name) =>
        Cli("snap", "create", disk, "--name", name).GetProperty("SnapshotId").GetString()!;

    /// <summary>Calls an action of the API and returns all members of its answer.</summary>
    public Task<JsonElement> Call(string action, JsonObject members)
    {
        _api ??= new ApiClient(Settings(), TimeProvider.System);
        return _api.CallAsync(action, members, CancellationToken.None);
    }

    /// <summary>Waits until no dead byte waits to be given back.</summary>
    public Task WaitUntilDrained()
    {
        var seen = "";
        return Polling.Until(
            async () =>
            {
                var server = await Call("DescribeServer", []);
                seen = server.ToString();
                return server.GetProperty("PendingBytes").GetInt64() == 0;
            },
            () => $"{seen}\n--- server\n{Log}");
    }

    /// <summary>Bytes that the store's segments and index have on the device.</summary>
    public long StoreBytes()
    {
        var store = Path.Combine(DataFolder, "store");
        // Files go while they are counted, which is no failure.
        var result = Tool.Try("du", "-c", "-B1", Path.Combine(store, "segments"), Path.Combine(store, "index"));
        var total = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return long.Parse(total.Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The most memory that it ever had resident, in bytes.</summary>
    public long PeakResidentBytes()
    {
        const string Name = "VmHWM:";
        var line = File.ReadLines($"/proc/{_process.Id}/status")
            .First(text => text.StartsWith(Name, StringComparison.Ordinal));
        var kibibytes = line[Name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(kibibytes, System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Ends it in order: SIGTERM, and exit code 0.</summary>
    public void Stop()
    {
        Terminate();
        AwaitEnd();
    }

    /// <summary>Sends SIGTERM and returns at once.</summary>
    public void Terminate() => Tool.Run("sh", "-c", $"kill -TERM {_process.Id}");

    /// <summary>Waits for the end that SIGTERM leads to.</summary>
    public void AwaitEnd()
    {
        Assert.True(_process.WaitForExit(StopTimeMax), $"SIGTERM did not end the server:\n{Log}");
        Assert.True(_process.ExitCode == 0, $"The server ended with {_process.ExitCode}:\n{Log}");
    }

    /// <summary>SIGKILL: no word to anybody, nothing tidied.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(StopTimeMax), "SIGKILL did not end the server.");
    }

    public void Dispose()
    {
        _api?.Dispose();
        _client?.Dispose();
        if (!_process.HasExited)
            Kill();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine($"--- server\n{Log}");
        _process.Dispose();
    }

    // What the caller's environment says about servers and keys must not reach the program.
    private static ProcessStartInfo CleanStart(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments);
        foreach (var name in start.Environment.Keys.ToList())
        {
            if (name.StartsWith("TIDEMARK_", StringComparison.Ordinal))
                start.Environment.Remove(name);
        }

        return start;
    }

    private ClientSettings Settings()
    {
        var file = CredentialsFile.Read(Path.Combine(DataFolder, "credentials"));
        Assert.NotNull(file);
        return new ClientSettings(new Uri(Endpoint), file.Key.SecretId, file.Key.SecretKey, file.Region);
    }

    private string WaitUntilReady()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        var isInTime = line.Wait(StartTimeMax);
        if (isInTime && line.Result is { } text && text.StartsWith("ready ", StringComparison.Ordinal))
            return text;
        if (!_process.HasExited)
            Kill();
        _process.WaitForExit();
        var found = isInTime ? line.Result : "too late";
        throw new InvalidOperationException($"The server was not ready ({found}):\n{Log}");
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            if (line is not null && _log.Length < LogCharactersMax)
                _log.AppendLine(line);
        }
    }
}
