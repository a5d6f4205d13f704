using Microsoft.AspNetCore.Http;
using Tidemark.Api.Descriptions;
using Tidemark.Api.Metrics;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Measures;

namespace Tidemark.Api.Hosting;

/// <summary>
/// The few answers that are not the API's, unsigned: for people who look with a browser, for supervisors, for whoever
/// collects metrics, for tools that read descriptions of APIs. They show names of disks and figures, never content.
/// </summary>
internal sealed class PlainPages
{
    private const string TextMediaType = "text/plain; charset=utf-8";

    private const string Welcome =
        "Tidemark: cloud disks and snapshots. This is the address of its CBS API (version 2017-03-12);\n"
        + "give it to an SDK or to the tidemark command line as the endpoint. Requests must be signed.\n";

    private const string MetadataStart = "/latest/meta-data/";

    private readonly ServerWatch? _watch;
    private readonly MetricsPage? _metrics;

    /// <summary>Pages over a server; without one, those that need it are not there.</summary>
    public PlainPages(ServerWatch? watch = null, MetricsPage? metrics = null)
    {
        _watch = watch;
        _metrics = metrics;
    }

    /// <summary>The region and zones that are told to instances that ask where they are; null tells nothing.</summary>
    public Region? Place { get; init; }

    /// <summary>Answers when the request is plainly not for the API; false leaves it untouched.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.QueryString.HasValue || IsMeantForApi(request.Headers))
            return false;

        if (request.Path == "/metrics" && _metrics is not null)
        {
            await AnswerMetricsAsync(context, _metrics);
            return true;
        }

        if (request.Path == "/openapi.json")
        {
            await AnswerDescriptionAsync(context);
            return true;
        }

        var (status, text) = request.Path.Value switch
        {
            "/" => (StatusCodes.Status200OK, Welcome),
            "/healthz" => (StatusCodes.Status200OK, "ok\n"),
            "/readyz" when _watch is not null => Readiness(_watch.Problems()),
            { } path when path.StartsWith(MetadataStart, StringComparison.Ordinal) && Place is not null =>
                Metadata(path[MetadataStart.Length..], Place),
            _ => (StatusCodes.Status404NotFound, "There is nothing here. The API answers at /.\n"),
        };
        await AnswerAsync(context, status, text);
        return true;
    }

    // What drivers on an instance ask the cloud for. The values stand alone, without a line's end, as there.
    private static (int Status, string Text) Metadata(string name, Region place) => name switch
    {
        "" => (StatusCodes.Status200OK, "placement/region\nplacement/zone\n"),
        "placement/region" => (StatusCodes.Status200OK, place.Name),
        "placement/zone" => (StatusCodes.Status200OK, place.Zones[0]),
        "instance-id" => (
            StatusCodes.Status404NotFound,
            "This server does not know which instance asks. Give the driver its node's id by an option.\n"),
        _ => (StatusCodes.Status404NotFound, "This server tells placement/region and placement/zone only.\n"),
    };

    private static async Task AnswerDescriptionAsync(HttpContext context)
    {
        context.Response.ContentType = Envelope.MediaType;
        await context.Response.BodyWriter.WriteAsync(OpenApiDocument.Bytes, context.RequestAborted);
    }

    private static (int Status, string Text) Readiness(IReadOnlyList<string> problems) => problems.Count == 0
        ? (StatusCodes.Status200OK, "ready\n")
        : (StatusCodes.Status503ServiceUnavailable, string.Join('\n', problems) + "\n");

    private static async Task AnswerMetricsAsync(HttpContext context, MetricsPage metrics)
    {
        ServerStatus status;
        try
        {
            status = metrics.Collect();
        }
        catch (DomainException notYet)
        {
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, notYet.Message + "\n");
            return;
        }

        context.Response.ContentType = PrometheusText.MediaType;
        await metrics.WriteAsync(status, context.Response.BodyWriter, context.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = TextMediaType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    // Clients of the API set one of these even on an empty GET; browsers and supervisors set none.
    private static bool IsMeantForApi(IHeaderDictionary headers) =>
        headers.ContainsKey("Authorization")
        || headers.ContainsKey("X-TC-Action")
        || headers.ContainsKey("Content-Type");
}
