using Tidemark.Hosting;

namespace Tidemark.Verbs;

/// <summary>
/// tidemark serve: for services. Logs to standard error, one line on standard output when it is ready.
/// </summary>
internal sealed class ServeVerb : Verb
{
    private readonly ServerOptions _options;

    /// <summary>The verb.</summary>
    public ServeVerb()
        : this(new ServerOptions())
    {
    }

    private ServeVerb(ServerOptions options)
        : base(
            "serve",
            "Run a server as a service: log on standard error, one line when ready; SIGTERM drains it.",
            options.All) =>
        _options = options;

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var log = new ServerLog(call.Parse.InvocationConfiguration.Error, call.Time);
        var settings = _options.Read(call.Parse);
        await using var server = await Server.StartAsync(settings, log, call.Time, call.Cancellation);
        var addresses = server.ApiAddresses.Select(address => $"api={address}")
            .Concat(server.NbdAddresses.Select(address => $"nbd={address}"));
        var trust = server.Tls is { CaFile: { } caFile } own ? $" ca={caFile} ca-sha256={own.Fingerprint}" : "";
        call.Printer.Out.WriteLine($"ready {string.Join(' ', addresses)} data={settings.DataFolder}{trust}");
        call.Printer.Out.Flush();
        await Stopping.WaitAsync(call.Cancellation);
        log.Note("Stopping: answering what clients have sent.");
    }
}
