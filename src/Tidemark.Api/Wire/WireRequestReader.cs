using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tidemark.Api.Wire;

/// <summary>Captures a request from the server within the API's bounds.</summary>
internal static class WireRequestReader
{
    /// <summary>The largest request line's target of a GET, in bytes.</summary>
    public const int TargetBytesMax = 32 * 1024;

    /// <summary>The largest form body, which only the older signature has.</summary>
    public const int FormBytesMax = 1024 * 1024;

    /// <summary>The largest JSON body.</summary>
    public const int JsonBytesMax = 10 * 1024 * 1024;

    /// <summary>The media type of a form.</summary>
    public const string FormMediaType = "application/x-www-form-urlencoded";

    /// <summary>Reads the whole request.</summary>
    /// <exception cref="ApiException">The method is neither GET nor POST, or the request is too large.</exception>
    public static async Task<WireRequest> ReadAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (method is not ("GET" or "POST"))
            throw new ApiException(ErrorCodes.UnsupportedProtocol, $"Only GET and POST are supported, not {method}.");

        var (path, query) = SplitTarget(RawTarget(context));
        var request = new WireRequest
        {
            Method = method,
            Path = path,
            RawQuery = query,
            Host = context.Request.Headers.Host.ToString(),
            Headers = context.Request.Headers,
        };
        if (path.Length + query.Length > TargetBytesMax)
            throw TooLarge(context, "A query", TargetBytesMax);

        return request with { Body = await ReadBodyAsync(context, BodyBytesMax(request)) };
    }

    private static int BodyBytesMax(WireRequest request) => request switch
    {
        { Method: "GET" } => TargetBytesMax,
        { MediaType: FormMediaType } => FormBytesMax,
        _ => JsonBytesMax,
    };

    private static string RawTarget(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static (string Path, string Query) SplitTarget(string target)
    {
        // A client behind a proxy may send the absolute form.
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        if (authority > 0 && !target.StartsWith('/'))
        {
            var slash = target.IndexOf('/', authority + 3);
            target = slash < 0 ? "/" : target[slash..];
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context, int bytesMax)
    {
        if (context.Request.ContentLength > bytesMax)
            throw TooLarge(context, "A body", bytesMax);

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > bytesMax)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(context, "A body", bytesMax);
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            // Nothing is consumed until all is there: the reader gathers, within the bound above.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ApiException TooLarge(HttpContext context, string what, int bytesMax)
    {
        // What was not read cannot be skipped cheaply, so the connection ends with this answer.
        context.Response.Headers.Connection = "close";
        return new ApiException(
            ErrorCodes.RequestSizeLimitExceeded, $"{what} of this kind may have at most {bytesMax} bytes.");
    }
}
