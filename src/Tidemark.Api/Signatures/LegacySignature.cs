using System.Security.Cryptography;
using System.Text;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Signatures;

/// <summary>
/// The older scheme (version 1): every parameter in the query or the form, an HMAC over all of them in sorted order.
/// Follows docs/protocols/signature.md.
/// </summary>
internal static class LegacySignature
{
    /// <summary>The parameter that carries the signature itself and is left out of what is signed.</summary>
    public const string SignatureName = "Signature";

    /// <summary>True when the parameters carry a signature that fits, the host read with or without its port.</summary>
    /// <param name="request">The request, for its method and host.</param>
    /// <param name="parameters">All parameters, decoded.</param>
    /// <param name="method"><c>HmacSHA1</c> or <c>HmacSHA256</c>.</param>
    /// <param name="claimed">The Signature parameter: base64.</param>
    /// <param name="secretKey">The secret of the key that the request names.</param>
    public static bool Matches(
        WireRequest request,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        string method,
        string claimed,
        string secretKey)
    {
        var claimedBytes = Encoding.UTF8.GetBytes(claimed);
        var secret = Encoding.UTF8.GetBytes(secretKey);
        var matches = false;
        foreach (var host in HostReadings.Of(request.Host))
        {
            var text = Encoding.UTF8.GetBytes(StringToSign(request.Method, host, parameters));
            var expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(Sign(method, secret, text)));
            matches |= CryptographicOperations.FixedTimeEquals(expected, claimedBytes);
        }

        return matches;
    }

    /// <summary>
    /// The text under the HMAC: method, host, <c>/?</c> and the raw pairs in ordinal order of their names.
    /// </summary>
    public static string StringToSign(
        string method, string host, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var pairs = parameters
            .Where(pair => pair.Key != SignatureName)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}");
        return $"{method}{host}/?{string.Join('&', pairs)}";
    }

    /// <summary>True for the two digests that the scheme knows.</summary>
    public static bool IsKnownMethod(string method) => method is "HmacSHA1" or "HmacSHA256";

#pragma warning disable CA5350 // the scheme prescribes HMAC-SHA1, and collisions of SHA-1 do not weaken a MAC
    private static byte[] Sign(string method, byte[] secret, byte[] text) =>
        method == "HmacSHA256" ? HMACSHA256.HashData(secret, text) : HMACSHA1.HashData(secret, text);
#pragma warning restore CA5350
}
