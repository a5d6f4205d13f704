using Microsoft.AspNetCore.Http;

namespace Tidemark.Api.Hosting;

/// <summary>The few answers that are not the API's: for people who look with a browser, and for supervisors.</summary>
internal static class PlainPages
{
    private const string Welcome =
        "Tidemark: cloud disks and snapshots. This is the address of its CBS API (version 2017-03-12);\n"
        + "give it to an SDK or to the tidemark command line as the endpoint. Requests must be signed.\n";

    /// <summary>Answers when the request is plainly not for the API; false leaves it untouched.</summary>
    public static async Task<bool> TryAnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.QueryString.HasValue || IsMeantForApi(request.Headers))
            return false;

        var (status, text) = request.Path.Value switch
        {
            "/" => (StatusCodes.Status200OK, Welcome),
            "/healthz" => (StatusCodes.Status200OK, "ok\n"),
            _ => (StatusCodes.Status404NotFound, "There is nothing here. The API answers at /.\n"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
        return true;
    }

    // Clients of the API set one of these even on an empty GET; browsers and supervisors set none.
    private static bool IsMeantForApi(IHeaderDictionary headers) =>
        headers.ContainsKey("Authorization")
        || headers.ContainsKey("X-TC-Action")
        || headers.ContainsKey("Content-Type");
}
