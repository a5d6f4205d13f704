using System.Text;

namespace Tidemark.Api.Tests.Clients;

/// <summary>A request as a client puts it on the wire, to the byte.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Target">The request line's target.</param>
/// <param name="Body">The body, empty for none.</param>
internal sealed record ClientRequest(string Method, string Target, byte[] Body)
{
    /// <summary>The headers in their order, without Content-Length of a body and Connection.</summary>
    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }

    /// <summary>Everything that is sent.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder($"{Method} {Target} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers)
            text.Append($"{name}: {value}\r\n");
        if (Body.Length > 0)
            text.Append($"Content-Length: {Body.Length}\r\n");
        return [.. Encoding.ASCII.GetBytes(text.Append("Connection: close\r\n\r\n").ToString()), .. Body];
    }
}
