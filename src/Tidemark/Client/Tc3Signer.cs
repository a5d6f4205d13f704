using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Client;

/// <summary>
/// Signs a POST as TC3-HMAC-SHA256 asks: a canonical request, a text to sign, a key derived from the secret for the day
/// and the service. Pure; the caller gives the time.
/// </summary>
internal static class Tc3Signer
{
    /// <summary>The content type that is signed and must be sent exactly so.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    private const string Algorithm = "TC3-HMAC-SHA256";
    private const string ScopeEnd = "tc3_request";
    private const string SignedHeaders = "content-type;host";

    /// <summary>The value of the Authorization header.</summary>
    public static string Authorize(
        string secretId, string secretKey, string service, string host, ReadOnlySpan<byte> body, DateTimeOffset time)
    {
        var date = time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var canonical = $"POST\n/\n\ncontent-type:{ContentType}\nhost:{host}\n\n{SignedHeaders}\n{Hash(body)}";
        var scope = $"{date}/{service}/{ScopeEnd}";
        var text = $"{Algorithm}\n{time.ToUnixTimeSeconds()}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";

        var dateKey = Sign(Encoding.UTF8.GetBytes("TC3" + secretKey), date);
        var key = Sign(Sign(dateKey, service), ScopeEnd);
        var signature = Convert.ToHexStringLower(Sign(key, text));
        return $"{Algorithm} Credential={secretId}/{scope}, SignedHeaders={SignedHeaders}, Signature={signature}";
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
