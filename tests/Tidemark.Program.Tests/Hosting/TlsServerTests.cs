using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Tidemark.Hosting;
using Tidemark.Hosting.Tls;
using Tidemark.Output;

namespace Tidemark.Program.Tests.Hosting;

/// <summary>
/// A whole server that shows a certificate of its own, asked by clients that trust its authority alone.
/// </summary>
public sealed class TlsServerTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private Server? _server;

    public async ValueTask InitializeAsync()
    {
        var settings = new ServerSettings
        {
            DataFolder = _folder.Path,
            Listen = [new IPEndPoint(IPAddress.Loopback, 0)],
            Nbd = [new UnixDomainSocketEndPoint(_folder.File("nbd.sock"))],
            MemoryBytes = 64 << 20,
            Tls = new TlsSettings { Names = ["disks.example.org"] },
        };
        var log = new ServerLog(TextWriter.Null, TimeProvider.System);
        _server = await Server.StartAsync(settings, log, TimeProvider.System, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_client_that_trusts_the_authority_is_answered(string version)
    {
        using var client = NewClient(CaFile);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Endpoint, "/healthz"))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ok\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_that_trusts_another_authority_goes_away()
    {
        var other = CertificateAuthority.OpenOrCreate(_folder.File("other"), TimeProvider.System);
        using var client = NewClient(other.Path);

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new Uri(Endpoint, "/healthz"), TestContext.Current.CancellationToken));

        Assert.IsType<AuthenticationException>(refusal.InnerException);
    }

    [Fact]
    public async Task Commands_find_endpoint_and_authority_in_the_credentials()
    {
        var listed = await Cli.RunAsync(["disk", "ls", "-o", "json"], _folder.Path);

        Assert.Equal("https", Endpoint.Scheme);
        Assert.Equal("[]", listed.Json().GetRawText());
    }

    [Fact]
    public async Task Commands_trust_nobody_else()
    {
        var other = CertificateAuthority.OpenOrCreate(_folder.File("other"), TimeProvider.System);

        var refused = await Cli.RunAsync(["disk", "ls", "--ca-file", other.Path], _folder.Path);
        var absent = await Cli.RunAsync(["disk", "ls", "--ca-file", _folder.File("none")], _folder.Path);
        var accepted = await Cli.RunAsync(["disk", "ls", "--ca-file", CaFile], _folder.Path);

        Assert.Equal(ExitCode.Unreachable, refused.ExitCode);
        Assert.Contains("--ca-file", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, absent.ExitCode);
        Assert.Equal(ExitCode.Done, accepted.ExitCode);
    }

    [Fact]
    public async Task Curl_trusts_the_file_and_openssl_counts_the_same_fingerprint()
    {
        var body = await RunAsync(
            "curl", "--silent", "--fail", "--cacert", CaFile,
            "--resolve", $"disks.example.org:{Endpoint.Port}:127.0.0.1",
            $"https://disks.example.org:{Endpoint.Port}/healthz");
        var fingerprint = await RunAsync("openssl", "x509", "-in", CaFile, "-noout", "-fingerprint", "-sha256");
        var plain = await RunAsync("curl", "--silent", "--cacert", CaFile, $"http://127.0.0.1:{Endpoint.Port}/healthz");

        Assert.Equal("ok\n", body);
        Assert.EndsWith($"={_server?.Tls?.Fingerprint}", fingerprint.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(plain);
    }

    private Uri Endpoint => new(_server?.ApiAddresses[0] ?? "");

    private string CaFile => _server?.Tls?.CaFile ?? "";

    private static HttpClient NewClient(string caFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = policy;
        return new HttpClient(handler);
    }

    private static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{tool} does not start.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
