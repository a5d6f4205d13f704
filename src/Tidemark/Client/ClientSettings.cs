namespace Tidemark.Client;

/// <summary>Which server to talk to, and as whom.</summary>
/// <param name="Endpoint">The API's address.</param>
/// <param name="SecretId">The key's public part.</param>
/// <param name="SecretKey">The key's secret part.</param>
/// <param name="Region">The region, sent with every request.</param>
internal sealed record ClientSettings(Uri Endpoint, string SecretId, string SecretKey, string Region)
{
    /// <summary>The only authority that the endpoint's certificate may come from; null for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Without the secret, so that it never reaches a message.</summary>
    public override string ToString() => $"{SecretId} at {Endpoint}";
}
