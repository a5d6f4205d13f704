namespace Tidemark.Api.Signatures;

/// <summary>
/// The parts of a <c>TC3-HMAC-SHA256</c> Authorization header. Parsed leniently in its spacing, because clients differ
/// there (one puts two blanks after the algorithm); strictly in its content.
/// </summary>
internal sealed record AuthorizationHeader
{
    /// <summary>The algorithm word that opens the header.</summary>
    public const string Algorithm = "TC3-HMAC-SHA256";

    /// <summary>The last part of every credential scope.</summary>
    public const string ScopeEnd = "tc3_request";

    private const int LengthMax = 4096;
    private const int SignedHeadersMax = 32;

    /// <summary>Who signed.</summary>
    public required string SecretId { get; init; }

    /// <summary>The date of the scope, <c>yyyy-MM-dd</c> in UTC, not yet compared with the timestamp.</summary>
    public required string Date { get; init; }

    /// <summary>
    /// The service of the scope. Some clients put the first label of the endpoint here (<c>127</c>,
    /// <c>localhost:8780</c>), so it is an input of the key derivation and never compared with a constant.
    /// </summary>
    public required string Service { get; init; }

    /// <summary>Names of the signed headers in lower case, in the client's order.</summary>
    public required IReadOnlyList<string> SignedHeaders { get; init; }

    /// <summary>The claimed signature, 64 hexadecimal digits in either case.</summary>
    public required string Signature { get; init; }

    /// <summary>Reads the header, or says in <paramref name="reason"/> what is wrong with it.</summary>
    public static AuthorizationHeader? Parse(string text, out string reason)
    {
        reason = "";
        if (text.Length > LengthMax)
            return Refuse($"the Authorization header is longer than {LengthMax} characters", out reason);

        var trimmed = text.AsSpan().Trim();
        if (!trimmed.StartsWith(Algorithm, StringComparison.Ordinal))
            return Refuse($"the Authorization header does not start with {Algorithm}", out reason);

        var fields = ReadFields(trimmed[Algorithm.Length..].ToString());
        if (!fields.TryGetValue("Credential", out var credential)
            || !fields.TryGetValue("SignedHeaders", out var signedHeaders)
            || !fields.TryGetValue("Signature", out var signature))
        {
            return Refuse("the Authorization header needs Credential, SignedHeaders and Signature", out reason);
        }

        var scope = credential.Split('/');
        if (scope.Length < 4 || scope[^1] != ScopeEnd)
            return Refuse($"Credential must read SecretId/date/service/{ScopeEnd}", out reason);

        var names = signedHeaders.Split(';', SignedHeadersMax + 1);
        if (names.Length > SignedHeadersMax)
            return Refuse($"more than {SignedHeadersMax} signed headers", out reason);

        return new AuthorizationHeader
        {
            SecretId = scope[0],
            Date = scope[1],
            Service = string.Join('/', scope[2..^1]),
            SignedHeaders = [.. names.Select(name => name.Trim().ToLowerInvariant())],
            Signature = signature,
        };
    }

    private static Dictionary<string, string> ReadFields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                fields[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }

        return fields;
    }

    private static AuthorizationHeader? Refuse(string what, out string reason)
    {
        reason = what;
        return null;
    }
}
