using System.Globalization;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Signatures;

/// <summary>
/// Decides who sent a request: finds the signature scheme, the key and the time, and compares. Follows
/// docs/protocols/signature.md. There is no nonce in the scheme, so a request can be repeated inside the time window.
/// </summary>
/// <param name="findSecretKey">The secret of a SecretId, or null when there is no such key.</param>
/// <param name="clock">The time against which timestamps are judged.</param>
internal sealed class RequestAuthentication(Func<string, string?> findSecretKey, TimeProvider clock)
{
    /// <summary>How far a timestamp may be from now, in either direction.</summary>
    public const int ClockSkewSecondsMax = 300;

    private const int SecretIdLengthMax = 128;

    /// <summary>
    /// The id of the key that signed a request whose parameters stand in headers and whose body is its own, and the
    /// service that it was signed for.
    /// </summary>
    /// <exception cref="ApiException">
    /// The request is not signed, or not well; the code is one of AuthFailure.*.
    /// </exception>
    public (string SecretId, string Service) VerifyTc3(WireRequest request)
    {
        var header = request.Header("Authorization");
        if (string.IsNullOrWhiteSpace(header) || header.Trim() == "SKIP")
            throw Unsigned();

        var claim = AuthorizationHeader.Parse(header, out var reason);
        if (claim is null)
            throw Mismatch($"The request's signature cannot be read: {reason}.");

        if (!claim.SignedHeaders.Contains("host") || !claim.SignedHeaders.Contains("content-type"))
            throw Mismatch("SignedHeaders must name at least content-type and host.");

        var secretKey = FindSecretKey(claim.SecretId);
        RefuseToken(request.Header("X-TC-Token"));
        var timestamp = request.Header("X-TC-Timestamp")?.Trim();
        var time = ReadTimestamp(timestamp, "X-TC-Timestamp");
        if (claim.Date != time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            throw Mismatch($"The credential scope's date is not the UTC date of X-TC-Timestamp ({time:yyyy-MM-dd}).");

        if (!Tc3Signature.Matches(claim, request, timestamp ?? "", secretKey))
            throw Mismatch("The signature does not fit the request. Check the secret key and that the body, the query "
                + "and the signed headers are sent exactly as they were signed.");

        return (claim.SecretId, claim.Service);
    }

    /// <summary>The id of the key that signed a request whose parameters all stand in its query or form.</summary>
    /// <exception cref="ApiException">
    /// The request is not signed, or not well; the code is one of AuthFailure.*.
    /// </exception>
    public string VerifyLegacy(WireRequest request, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var claimed = Find(parameters, LegacySignature.SignatureName);
        if (string.IsNullOrEmpty(claimed))
            throw Unsigned();

        var secretId = Find(parameters, "SecretId") ?? "";
        var secretKey = FindSecretKey(secretId);
        RefuseToken(Find(parameters, "Token"));
        ReadTimestamp(Find(parameters, "Timestamp"), "Timestamp");
        var method = Find(parameters, "SignatureMethod") ?? "HmacSHA1";
        if (!LegacySignature.IsKnownMethod(method))
            throw new ApiException(ErrorCodes.InvalidParameterValue, "SignatureMethod must be HmacSHA1 or HmacSHA256.");

        if (!LegacySignature.Matches(request, parameters, method, claimed, secretKey))
            throw Mismatch("The signature does not fit the request's parameters. Check the secret key, and that values "
                + "are signed before they are percent-encoded.");

        return secretId;
    }

    private static ApiException Unsigned() =>
        new(ErrorCodes.AuthFailure, "The request is not signed. Sign it with a key of this server.");

    private static ApiException Mismatch(string message) => new(ErrorCodes.SignatureFailure, message);

    private string FindSecretKey(string secretId)
    {
        if (secretId.Length is 0 or > SecretIdLengthMax || secretId.Any(c => c is <= ' ' or > '~'))
        {
            throw new ApiException(
                ErrorCodes.InvalidSecretId, $"A SecretId has 1 to {SecretIdLengthMax} printable ASCII characters.");
        }

        return findSecretKey(secretId)
            ?? throw new ApiException(ErrorCodes.SecretIdNotFound, $"This server has no key {secretId}.");
    }

    private static void RefuseToken(string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            throw new ApiException(
                ErrorCodes.TokenFailure, "This server issues no temporary credentials; leave the token out.");
        }
    }

    private DateTimeOffset ReadTimestamp(string? text, string name)
    {
        if (string.IsNullOrEmpty(text))
            throw new ApiException(ErrorCodes.MissingParameter, $"{name} is required: Unix time in seconds.");

        var now = clock.GetUtcNow();
        var isWhole = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        if (!isWhole || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            throw new ApiException(ErrorCodes.InvalidParameterValue, $"{name} must be Unix time in seconds.");

        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > ClockSkewSecondsMax)
        {
            throw new ApiException(
                ErrorCodes.SignatureExpire,
                $"{name} is more than {ClockSkewSecondsMax} s away from the server's clock "
                    + $"({now.ToUnixTimeSeconds()}). Set the client's clock.");
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> parameters, string name)
    {
        foreach (var pair in parameters)
        {
            if (pair.Key == name)
                return pair.Value;
        }

        return null;
    }
}
