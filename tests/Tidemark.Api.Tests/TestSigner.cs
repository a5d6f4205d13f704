using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Api.Tests;

/// <summary>
/// Signs requests by the published rules, independently of the code under test, with a switch for each way in which
/// official clients deviate.
/// </summary>
internal sealed record TestSigner
{
    public const string KnownId = "AKIDEXAMPLEEXAMPLEEXAMPLE";
    public const string KnownKey = "ExampleSecretKeyExampleSecretKey";

    public string SecretId { get; init; } = KnownId;

    public string SecretKey { get; init; } = KnownKey;

    public string Service { get; init; } = "cbs";

    public string Host { get; init; } = "127.0.0.1:8780";

    public string? SignedHost { get; init; }

    public string ContentType { get; init; } = "application/json";

    public string AfterAlgorithm { get; init; } = " ";

    public bool SignsPayload { get; init; } = true;

    public long Timestamp { get; init; } = 1795347395;

    public string? Date { get; init; }

    public IReadOnlyList<(string Name, string Value)> MoreSigned { get; init; } = [];

    public string Authorization(string method, string signedQuery, ReadOnlySpan<byte> body)
    {
        var date = Date ?? DateTimeOffset.FromUnixTimeSeconds(Timestamp).ToString("yyyy-MM-dd");
        List<(string Name, string Value)> headers =
            [("content-type", ContentType), ("host", SignedHost ?? Host), .. MoreSigned];
        headers.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        var names = string.Join(";", headers.Select(header => header.Name));
        var payload = SignsPayload ? Hash(body) : Hash("UNSIGNED-PAYLOAD"u8);
        var lines = string.Concat(headers.Select(h => $"{h.Name}:{h.Value.Trim().ToLowerInvariant()}\n"));
        var canonical = $"{method}\n/\n{signedQuery}\n{lines}\n{names}\n{payload}";
        var scope = $"{date}/{Service}/tc3_request";
        var text = $"TC3-HMAC-SHA256\n{Timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = Mac(Mac(Mac(Encoding.UTF8.GetBytes("TC3" + SecretKey), date), Service), "tc3_request");
        var signature = Convert.ToHexString(Mac(key, text)).ToLowerInvariant();
        return $"TC3-HMAC-SHA256{AfterAlgorithm}Credential={SecretId}/{scope}, SignedHeaders={names}, "
            + $"Signature={signature}";
    }

    public string Legacy(string method, string signatureMethod, IEnumerable<(string Name, string Value)> parameters)
    {
        var sorted = parameters.OrderBy(pair => pair.Name, StringComparer.Ordinal);
        var text = $"{method}{SignedHost ?? Host}/?" + string.Join("&", sorted.Select(p => $"{p.Name}={p.Value}"));
        var key = Encoding.UTF8.GetBytes(SecretKey);
        var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5350 // the published scheme prescribes HMAC-SHA1
        return Convert.ToBase64String(signatureMethod == "HmacSHA256"
            ? HMACSHA256.HashData(key, bytes)
            : HMACSHA1.HashData(key, bytes));
#pragma warning restore CA5350
    }

    private static string Hash(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
