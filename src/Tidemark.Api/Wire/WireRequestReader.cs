using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidemark.Api.Hosting;

namespace Tidemark.Api.Wire;

/// <summary>
/// Captures requests from the server within the API's bounds. A body is held in memory before anybody knows whether its
/// sender has a key, so there may be only a few large ones at a time.
/// </summary>
internal sealed class WireRequestReader
{
    /// <summary>The largest request line's target of a GET, in bytes.</summary>
    public const int TargetBytesMax = 32 * 1024;

    /// <summary>The largest form body, which only the older signature has.</summary>
    public const int FormBytesMax = 1024 * 1024;

    /// <summary>The largest JSON body.</summary>
    public const int JsonBytesMax = 10 * 1024 * 1024;

    /// <summary>How many bodies larger than a form may be in memory together.</summary>
    public const int LargeBodiesMax = 8;

    /// <summary>The media type of a form.</summary>
    public const string FormMediaType = "application/x-www-form-urlencoded";

    private int _largeBodies;

    /// <summary>Reads the whole request.</summary>
    /// <exception cref="ApiException">The method is neither GET nor POST, or the request is too large.</exception>
    public async Task<WireRequest> ReadAsync(HttpContext context)
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
            Host = context.Features.Get<RepairedHost>()?.Scheme + context.Request.Headers.Host.ToString(),
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

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context, int bytesMax)
    {
        if (context.Request.ContentLength > bytesMax)
            throw TooLarge(context, "A body", bytesMax);

        var read = await GatherAsync(context, Math.Min(bytesMax, FormBytesMax));
        if (read.IsCompleted)
            return Take(context.Request.BodyReader, read);

        if (bytesMax <= FormBytesMax)
            throw TooLarge(context, "A body", bytesMax);

        return await ReadLargeBodyAsync(context, bytesMax);
    }

    private async Task<ReadOnlyMemory<byte>> ReadLargeBodyAsync(HttpContext context, int bytesMax)
    {
        try
        {
            if (Interlocked.Increment(ref _largeBodies) > LargeBodiesMax)
            {
                context.Response.Headers.Connection = "close";
                throw new ApiException(
                    ErrorCodes.RequestLimitExceeded,
                    $"More than {LargeBodiesMax} requests with large bodies at once; try again in a second.");
            }

            var read = await GatherAsync(context, bytesMax);
            return read.IsCompleted
                ? Take(context.Request.BodyReader, read)
                : throw TooLarge(context, "A body", bytesMax);
        }
        finally
        {
            Interlocked.Decrement(ref _largeBodies);
        }
    }

    /// <summary>
    /// Reads until the body is complete or longer than <paramref name="bytesMax"/>; consumes nothing.
    /// </summary>
    private static async Task<ReadResult> GatherAsync(HttpContext context, int bytesMax)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > bytesMax)
            {
                reader.AdvanceTo(read.Buffer.Start);
                return new ReadResult(default, isCanceled: false, isCompleted: false);
            }

            if (read.IsCompleted)
                return read;

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static byte[] Take(PipeReader reader, ReadResult read)
    {
        var body = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return body;
    }

    private static ApiException TooLarge(HttpContext context, string what, int bytesMax)
    {
        // What was not read cannot be skipped cheaply, so the connection ends with this answer.
        context.Response.Headers.Connection = "close";
        return new ApiException(
            ErrorCodes.RequestSizeLimitExceeded, $"{what} of this kind may have at most {bytesMax} bytes.");
    }
}
