using System.Security.Cryptography;
using System.Text;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Signatures;

/// <summary>
/// The TC3-HMAC-SHA256 scheme: the canonical text of a request and the signature over it. Follows
/// docs/protocols/signature.md. Pure: knows no clock and no key store.
/// </summary>
internal static class Tc3Signature
{
    /// <summary>The value of X-TC-Content-SHA256 by which a client leaves the body out of the signature.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private const string PayloadHeader = "X-TC-Content-SHA256";

    /// <summary>
    /// True when the claimed signature fits the request under one of the readings that official clients need:
    /// the host with or without its port, the query as received or with <c>~</c> escaped.
    /// </summary>
    public static bool Matches(AuthorizationHeader claim, WireRequest request, string timestamp, string secretKey)
    {
        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes];
        if (!TryReadHex(claim.Signature, claimed))
            return false;

        var signingKey = DeriveKey(secretKey, claim.Date, claim.Service);
        var payloadHash = HashPayload(request);
        var matches = false;
        foreach (var host in HostReadings.Of(request.Host))
        {
            foreach (var query in QueryReadings(request))
            {
                var canonical = CanonicalRequest(claim, request, host, query, payloadHash);
                if (canonical is null)
                    return false;

                var expected = Sign(signingKey, StringToSign(claim, timestamp, canonical));
                // No early exit: how long the answer takes says nothing about which reading was close.
                matches |= CryptographicOperations.FixedTimeEquals(expected, claimed);
            }
        }

        return matches;
    }

    /// <summary>The key of one day and one service: three nested HMACs that start from the secret.</summary>
    public static byte[] DeriveKey(string secretKey, string date, string service)
    {
        var dateKey = Sign(Encoding.UTF8.GetBytes("TC3" + secretKey), date);
        var serviceKey = Sign(dateKey, service);
        return Sign(serviceKey, AuthorizationHeader.ScopeEnd);
    }

    /// <summary>
    /// The text of which the signature covers the hash; null when a header named as signed is absent.
    /// </summary>
    public static string? CanonicalRequest(
        AuthorizationHeader claim, WireRequest request, string host, string query, string payloadHash)
    {
        var text = new StringBuilder(256);
        text.Append(request.Method).Append("\n/\n").Append(query).Append('\n');
        foreach (var name in claim.SignedHeaders)
        {
            var value = name == "host" ? host : request.Header(name);
            if (value is null)
                return null;

            text.Append(name).Append(':').Append(value.Trim().ToLowerInvariant()).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', claim.SignedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    private static string StringToSign(AuthorizationHeader claim, string timestamp, string canonical)
    {
        var scope = $"{claim.Date}/{claim.Service}/{AuthorizationHeader.ScopeEnd}";
        return $"{AuthorizationHeader.Algorithm}\n{timestamp}\n{scope}\n{HexHash(Encoding.UTF8.GetBytes(canonical))}";
    }

    private static string HashPayload(WireRequest request) =>
        request.Header(PayloadHeader)?.Trim() == UnsignedPayload
            ? HexHash(Encoding.ASCII.GetBytes(UnsignedPayload))
            : HexHash(request.Body.Span);

    private static string[] QueryReadings(WireRequest request)
    {
        if (request.Method != "GET")
            return [request.Method == "POST" ? request.RawQuery : ""];

        return request.RawQuery.Contains('~', StringComparison.Ordinal)
            ? [request.RawQuery, request.RawQuery.Replace("~", "%7E", StringComparison.Ordinal)]
            : [request.RawQuery];
    }

    private static bool TryReadHex(string text, Span<byte> destination) =>
        text.Length == destination.Length * 2
        && Convert.FromHexString(text, destination, out _, out _) == System.Buffers.OperationStatus.Done;

    private static string HexHash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
