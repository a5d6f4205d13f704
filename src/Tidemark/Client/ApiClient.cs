using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tidemark.Output;

namespace Tidemark.Client;

/// <summary>
/// Calls actions of the CBS API: signed, one POST each, the answer's members or a <see cref="CommandException"/>.
/// Safe for concurrent use.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private const string ApiVersion = "2017-03-12";
    private const string Service = "cbs";
    private const int AnswerBytesMax = 64 << 20;

    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly ClientSettings _settings;
    private readonly TimeProvider _time;

    /// <summary>A client for one server.</summary>
    public ApiClient(ClientSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        // A proxy for the outside must not see requests to a machine of one's own.
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (settings.CaFile is { } caFile)
            handler.SslOptions.CertificateChainPolicy = TrustOnly(caFile);
        _http = new HttpClient(handler)
        {
            Timeout = AnswerTimeMax,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
    }

    /// <summary>The server that is asked.</summary>
    public Uri Endpoint => _settings.Endpoint;

    /// <summary>Calls an action and reads the members that <typeparamref name="T"/> names.</summary>
    public async Task<T> CallAsync<T>(
        string action, JsonObject members, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var response = await CallAsync(action, members, cancellation);
        return response.Deserialize(type) ?? throw Unreadable(action, "an empty answer", null);
    }

    /// <summary>Calls an action and returns all members of its answer.</summary>
    public async Task<JsonElement> CallAsync(string action, JsonObject members, CancellationToken cancellation)
    {
        using var request = Sign(action, JsonSerializer.SerializeToUtf8Bytes(members, ClientJson.Default.JsonObject));
        var body = await SendAsync(action, request, cancellation);
        return Open(action, body);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Sign(string action, byte[] body)
    {
        var now = _time.GetUtcNow();
        var host = _settings.Endpoint.Authority;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_settings.Endpoint, "/"))
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(Tc3Signer.ContentType);
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("X-TC-Action", action);
        request.Headers.TryAddWithoutValidation("X-TC-Version", ApiVersion);
        request.Headers.TryAddWithoutValidation("X-TC-Region", _settings.Region);
        request.Headers.TryAddWithoutValidation("X-TC-Language", "en-US");
        request.Headers.TryAddWithoutValidation("X-TC-Timestamp", $"{now.ToUnixTimeSeconds()}");
        request.Headers.TryAddWithoutValidation("Authorization", Tc3Signer.Authorize(
            _settings.SecretId, _settings.SecretKey, Service, host, body, now));
        return request;
    }

    private async Task<byte[]> SendAsync(string action, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.IsSuccessStatusCode
                ? body
                : throw Unreadable(action, $"HTTP status {(int)response.StatusCode}", null);
        }
        catch (HttpRequestException failure) when (failure.InnerException is AuthenticationException refusal)
        {
            throw new CommandException(
                ExitCode.Unreachable,
                "NotTrusted",
                $"What answers at {_settings.Endpoint} does not show a certificate to trust: {refusal.Message}",
                "Name the file of the server's authority (tls/ca.pem in its data folder) with --ca-file or "
                    + "TIDEMARK_CA_FILE, and the server by a name that its certificate has.",
                failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            throw new CommandException(
                ExitCode.Unreachable,
                "Unreachable",
                $"No server answers at {_settings.Endpoint} ({failure.InnerException?.Message ?? failure.Message}).",
                "Start one with 'tidemark up', or name the right one with --endpoint or TIDEMARK_ENDPOINT.",
                failure);
        }
        catch (TaskCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCode.Unreachable,
                "Timeout",
                $"{action} was not answered within {AnswerTimeMax.TotalMinutes:0} minutes.",
                "Look at the server's log; the request may still be carried out.",
                failure);
        }
    }

    private static X509ChainPolicy TrustOnly(string caFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException)
        {
            throw new CommandException(
                ExitCode.Usage, "AuthorityNotReadable", $"{caFile} has no certificate: {failure.Message}",
                "Give a PEM file: tls/ca.pem in the server's data folder.", failure);
        }

        return policy;
    }

    private static JsonElement Open(string action, byte[] body)
    {
        JsonElement response;
        try
        {
            using var document = JsonDocument.Parse(body);
            response = document.RootElement.GetProperty("Response").Clone();
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unreadable(action, "something that is not an API answer", failure);
        }

        return response.TryGetProperty("Error", out var error) ? throw ApiErrors.ToException(error) : response;
    }

    private static CommandException Unreadable(string action, string found, Exception? inner) => new(
        ExitCode.Failed,
        "UnreadableAnswer",
        $"{action} was answered with {found}.",
        "Check that the endpoint is a Tidemark server of the same version.",
        inner);
}
