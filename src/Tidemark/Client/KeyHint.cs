namespace Tidemark.Client;

/// <summary>Which key the commands use, and where it comes from.</summary>
/// <param name="SecretId">The public part.</param>
/// <param name="Source">A file or an environment variable.</param>
/// <param name="Endpoint">The server it is sent to.</param>
/// <param name="Region">The region that is asked.</param>
internal sealed record KeyHint(string SecretId, string Source, string Endpoint, string Region);
