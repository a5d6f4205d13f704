using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Tidemark.Api.Hosting;
using Tidemark.Api.Jobs;
using Tidemark.Api.Signatures;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Keys;

namespace Tidemark.Api.Tests.Hosting;

/// <summary>The face on a free loopback port, with a given function in place of the actions.</summary>
internal sealed class RunningFace : IAsyncDisposable
{
    public const long Now = 1795347395;
    public static readonly Guid FixedId = Guid.Parse("11111111-2222-3333-4444-555555555555");

    private readonly ApiHost _host;

    private RunningFace(ApiHost host, CollectedLog log)
    {
        _host = host;
        Log = log;
        Address = new Uri(host.Addresses[0]);
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public CollectedLog Log { get; }

    public TestSigner Signer => new() { Host = Address.Authority };

    /// <summary>Any key is of the first account and may do everything.</summary>
    public static KeyEntry? AnyKey(string secretId) => new(secretId, Scope.FirstAccountId, IsReadOnly: false);

    public static async Task<RunningFace> StartAsync(Func<SignedCall, Caller, ApiResponse> run)
    {
        var clock = new FixedClock(DateTimeOffset.FromUnixTimeSeconds(Now));
        var log = new CollectedLog();
        var options = new ApiOptions
        {
            Listen = [new IPEndPoint(IPAddress.Loopback, 0)],
            ConfigureLogging = logging => logging.AddProvider(log),
        };
        var host = await ApiHost.StartAsync(
            options, clock, (_, _) => throw new InvalidOperationException(), Compose, CancellationToken.None);
        return new RunningFace(host, log);

        ApiFace Compose(CheckJobs jobs, ILogger<ApiFace> logger) => new(
            new RequestAuthentication(id => id == TestSigner.KnownId ? TestSigner.KnownKey : null, clock),
            run,
            () => FixedId,
            logger);
    }

    public HttpRequestMessage Signed(string action, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", Signer.Authorization("POST", "", body));
        AddHeaders(request, action);
        return request;
    }

    public HttpRequestMessage SignedGet(string action, string query)
    {
        var signer = Signer with { ContentType = "application/x-www-form-urlencoded" };
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "/?" + query));
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("Authorization", signer.Authorization("GET", query, []));
        AddHeaders(request, action);
        return request;
    }

    public async Task<string> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["application/json"], response.Content.Headers.GetValues("Content-Type"));
        Assert.False(response.Headers.Contains("Server"));
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Sends raw bytes on a connection of its own and reads until the server closes it or has sent a whole envelope.
    /// Each character of the result is one byte.
    /// </summary>
    public async Task<string> SendRawAsync(byte[] bytes, bool endsThere)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port);
        var stream = client.GetStream();
        var answer = "";
        try
        {
            await stream.WriteAsync(bytes);
            if (endsThere)
                client.Client.Shutdown(SocketShutdown.Send);

            var buffer = new byte[16 * 1024];
            while (!answer.EndsWith("}}", StringComparison.Ordinal))
            {
                var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
                if (count == 0)
                    break;

                answer += Encoding.Latin1.GetString(buffer, 0, count);
            }
        }
        catch (IOException)
        {
            // The server may close before it has read all that was sent.
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }

    private static void AddHeaders(HttpRequestMessage request, string action)
    {
        request.Headers.TryAddWithoutValidation("X-TC-Action", action);
        request.Headers.TryAddWithoutValidation("X-TC-Version", "2017-03-12");
        request.Headers.TryAddWithoutValidation("X-TC-Timestamp", $"{Now}");
        request.Headers.TryAddWithoutValidation("X-TC-Region", "local");
    }
}
