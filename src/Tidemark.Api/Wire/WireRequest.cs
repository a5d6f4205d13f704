using Microsoft.AspNetCore.Http;

namespace Tidemark.Api.Wire;

/// <summary>
/// One HTTP request as it came over the wire, read completely and decoded nowhere: signatures cover exactly these
/// bytes.
/// </summary>
internal sealed record WireRequest
{
    /// <summary>The HTTP method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path of the request line, still escaped.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// What follows the first question mark of the request line, still escaped; empty when nothing does.
    /// </summary>
    public required string RawQuery { get; init; }

    /// <summary>The Host header as sent.</summary>
    public required string Host { get; init; }

    /// <summary>All headers.</summary>
    public required IHeaderDictionary Headers { get; init; }

    /// <summary>The whole body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The media type of the body in lower case, without its parameters; empty when there is none.</summary>
    public string MediaType
    {
        get
        {
            var contentType = Header("Content-Type") ?? "";
            var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
            return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim().ToLowerInvariant();
        }
    }

    /// <summary>The value of a header, several values joined by commas; null when it was not sent.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
