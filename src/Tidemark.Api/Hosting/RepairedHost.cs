namespace Tidemark.Api.Hosting;

/// <summary>
/// A connection whose first request had a URL for a Host header. It serves that request only: the heads of further ones
/// are not looked at.
/// </summary>
/// <param name="Scheme">What stood before the host, for example <c>http://</c>.</param>
internal sealed record RepairedHost(string Scheme);
