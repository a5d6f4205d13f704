using System.Reflection;
using Tidemark.Client;
using Tidemark.Hosting;

namespace Tidemark.Verbs;

/// <summary>tidemark up: a server for a person at a terminal.</summary>
internal sealed class UpVerb : Verb
{
    private const string ExampleDisk = "pg";

    private readonly ServerOptions _options;

    /// <summary>The verb.</summary>
    public UpVerb()
        : this(new ServerOptions())
    {
    }

    private UpVerb(ServerOptions options)
        : base("up", "Run a server here, and say what to do with it. Ctrl-C stops it.", options.All) =>
        _options = options;

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var log = new ServerLog(call.Parse.InvocationConfiguration.Error, call.Time);
        var settings = _options.Read(call.Parse);
        await using var server = await Server.StartAsync(settings, log, call.Time, call.Cancellation);
        Welcome(call.Printer.Out, settings, server);
        await Stopping.WaitAsync(call.Cancellation);
        call.Printer.Note("Stopping.");
    }

    private static void Welcome(TextWriter output, ServerSettings settings, Server server)
    {
        var version = typeof(UpVerb).Assembly.GetName().Version?.ToString(3);
        output.WriteLine($"Tidemark {version} is up. Ctrl-C stops it.");
        output.WriteLine();
        foreach (var address in server.ApiAddresses)
            output.WriteLine($"  API    {address}  (region {settings.Region})");
        if (server.Tls is { } tls)
            output.WriteLine($"  {(tls.CaFile is null ? "TLS" : "CA ")}    {tls.CaFile} SHA-256 {tls.Fingerprint}");
        foreach (var address in server.NbdAddresses)
            output.WriteLine($"  NBD    {address}");
        var keys = settings.Key is null
            ? DataFolderFiles.Credentials(settings.DataFolder)
            : $"from {EnvironmentNames.SecretId} and {EnvironmentNames.SecretKey}";
        output.WriteLine($"  Keys   {keys}");
        output.WriteLine($"  Data   {settings.DataFolder}");
        output.WriteLine();
        output.WriteLine("Try next, in another terminal:");
        var where = IsFoundWithoutOption(settings) ? "" : $" --data {settings.DataFolder}";
        output.WriteLine($"  ./tidemark disk create {ExampleDisk} --size 20GiB{where}");
        output.WriteLine($"  {Attach(server)}");
        output.WriteLine($"  ./tidemark snap create {ExampleDisk} --name first{where}");
        output.Flush();
    }

    private static bool IsFoundWithoutOption(ServerSettings settings) => settings.DataFolder
        == Path.GetFullPath(EnvironmentNames.Read(EnvironmentNames.Data) ?? Defaults.DataFolder);

    private static string Attach(Server server)
    {
        var tcp = server.NbdAddresses.Select(NbdAddress.ParseTcp).FirstOrDefault(address => address is not null);
        return tcp is not null
            ? $"sudo nbd-client {tcp.Address} {tcp.Port} /dev/nbd0 -N {ExampleDisk}"
            : $"sudo nbd-client -unix {NbdAddress.SocketPath(server.NbdAddresses[0])} /dev/nbd0 -N {ExampleDisk}";
    }
}
