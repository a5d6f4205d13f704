using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark.Api.Actions;
using Tidemark.Api.Hosting;
using Tidemark.Api.Jobs;
using Tidemark.Api.Metrics;
using Tidemark.Api.Signatures;
using Tidemark.Disks;
using Tidemark.Engine;

namespace Tidemark.Api;

/// <summary>
/// The CBS API over HTTP: listens, authenticates, runs actions against a domain that it does not own. Installs no
/// signal handlers; whoever started it stops it.
/// </summary>
public sealed class ApiHost : IAsyncDisposable
{
    private const int ConnectionsMax = 512;

    // A signed GET may carry 32 KiB of query; longer lines are let in so that the refusal can be said in the API's way.
    private const int RequestLineBytesMax = 64 * 1024;

    private static readonly TimeSpan HeaderTimeMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainTimeMax = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;
    private readonly CheckJobs _jobs;

    private ApiHost(WebApplication application, CheckJobs jobs)
    {
        _application = application;
        _jobs = jobs;
    }

    /// <summary>
    /// The addresses that are listened on, as <c>http://ADDRESS:PORT</c> or <c>https://…</c>, with the ports really
    /// taken.
    /// </summary>
    public IReadOnlyList<string> Addresses => [.. _application.Urls];

    /// <summary>Starts to listen; requests are answered when this returns.</summary>
    /// <exception cref="IOException">An address is in use or not of this machine.</exception>
    public static Task<ApiHost> StartAsync(
        DiskDomain domain, ApiOptions options, CancellationToken cancellation = default)
    {
        return StartAsync(options, domain.Options.Time, domain.Reports.Check, Compose, cancellation);

        ApiFace Compose(CheckJobs jobs, ILogger<ApiFace> logger)
        {
            var requests = new RequestCounters();
            return new ApiFace(
                new RequestAuthentication(domain.Keys.FindSecretKey, domain.Options.Time),
                new ActionDispatch(domain, domain.Options, domain.Keys.Find, options, jobs)
                {
                    Audit = new CallAudit(domain.Events.Note),
                }.Run,
                options.NewRequestId,
                logger)
            {
                Requests = requests,
                Pages = new PlainPages(domain.Watch, new MetricsPage(domain, requests, options.NbdCounters))
                {
                    Place = domain.Options.Regions[0],
                },
            };
        }
    }

    /// <summary>Starts to listen with a face made by <paramref name="compose"/>.</summary>
    internal static async Task<ApiHost> StartAsync(
        ApiOptions options,
        TimeProvider clock,
        Func<IProgress<long>, CancellationToken, CheckReport> check,
        Func<CheckJobs, ILogger<ApiFace>, ApiFace> compose,
        CancellationToken cancellation)
    {
        if (options.Listen.Count == 0)
            throw new ArgumentException("At least one address to listen on is needed.", nameof(options));

        var application = Build(options);
        var loggers = application.Services.GetRequiredService<ILoggerFactory>();
        var jobs = new CheckJobs(check, clock, loggers.CreateLogger<CheckJobs>());
        application.Run(compose(jobs, loggers.CreateLogger<ApiFace>()).AnswerAsync);
        var host = new ApiHost(application, jobs);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    /// <summary>Refuses new connections and waits, at most ten seconds, until running requests are answered.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => _application.StopAsync(cancellation);

    /// <summary>Stops at once what still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _jobs.DisposeAsync();
    }

    private static WebApplication Build(ApiOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Tidemark" });
        ConfigureLogging(builder.Logging, options);
        builder.Services.AddSingleton<IHostLifetime, UnattendedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTimeMax);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => Configure(kestrel, options));
        return builder.Build();
    }

    private static void ConfigureLogging(ILoggingBuilder logging, ApiOptions options)
    {
        if (options.ConfigureLogging is { } configure)
        {
            configure(logging);
            return;
        }

        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        logging.AddSimpleConsole(console => console.SingleLine = true);
        // Standard output belongs to the program's own lines.
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void Configure(KestrelServerOptions kestrel, ApiOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeMax;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytesMax;
        // The face bounds bodies itself, by the form of the request, and says so in the envelope.
        kestrel.Limits.MaxRequestBodySize = null;
        foreach (var endPoint in options.Listen)
            kestrel.Listen(endPoint, listen => Configure(listen, options.Certificate));
    }

    private static void Configure(ListenOptions listen, Func<SslStreamCertificateContext>? certificate)
    {
        listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
        if (certificate is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                // Asked at each handshake, so that a renewed certificate is shown without a restart.
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate(),
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }),
            });
        }

        listen.Use(HostRepair.Wrap);
    }
}
