using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Api.Actions;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Descriptions;

/// <summary>
/// The OpenAPI description of every action, made from the declarations and from the contract that writes the answers.
/// The same bytes are served and kept in docs/openapi.json.
/// </summary>
internal static class OpenApiDocument
{
    /// <summary>The version of OpenAPI that it is written in.</summary>
    public const string Dialect = "3.1.0";

    private const string JsonMediaType = "application/json";

    private const string Description =
        "Cloud disks and snapshots: Tencent Cloud's CBS API as this server answers it, its extensions, and as much of "
        + "TAG, CVM and STS as tools for disks need. Every action is a POST to the path /, named by the header "
        + "X-TC-Action; so each path of this document carries the action's name as a fragment (/#CreateDisks), which "
        + "HTTP clients do not send. Requests are signed (TC3-HMAC-SHA256 or the older HmacSHA1 and HmacSHA256); most "
        + "generators cannot do that, so use an official SDK or sign in a proxy. The status is always 200: a refusal "
        + "is a Response with Error. Members that an action does not know are ignored, null is the same as absent, "
        + "numbers may be sent as text and booleans in any case.";

    private static readonly JsonSerializerOptions Style = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = WireJson.Default,
    };

    private static readonly Lazy<ReadOnlyMemory<byte>> Written = new(() => Write(ActionTable.All));

    /// <summary>The document as UTF-8, made at the first use.</summary>
    public static ReadOnlyMemory<byte> Bytes => Written.Value;

    /// <summary>The document of some actions.</summary>
    public static JsonObject Describe(IReadOnlyList<ApiAction> actions)
    {
        var schemas = new ResponseSchemas();
        schemas.Refer(typeof(ErrorResponse));
        var paths = new JsonObject();
        foreach (var action in actions)
            paths[$"/#{action.Name}"] = new JsonObject { ["post"] = Operation(action, schemas) };
        foreach (var (path, summary, mediaType) in PlainPaths)
            paths[path] = new JsonObject { ["get"] = Page(path, summary, mediaType) };

        return new JsonObject
        {
            ["openapi"] = Dialect,
            ["info"] = new JsonObject
            {
                ["title"] = "Tidemark",
                ["version"] = ApiVersion.Of(CloudProduct.Cbs),
                ["description"] = Description,
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["signature"] = new JsonArray() }),
            ["tags"] = Tags(),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["parameters"] = SharedHeaders(),
                ["securitySchemes"] = SecuritySchemes(),
            },
        };
    }

    private static IReadOnlyList<(string Path, string Summary, string MediaType)> PlainPaths =>
    [
        ("/healthz", "Says ok while the server is up.", "text/plain"),
        ("/metrics", "Figures for Prometheus.", "text/plain"),
        ("/openapi.json", "This document.", JsonMediaType),
        ("/readyz", "Whether the server can do all its work; 503 and the reasons when it cannot.", "text/plain"),
    ];

    private static ReadOnlyMemory<byte> Write(IReadOnlyList<ApiAction> actions) =>
        Encoding.UTF8.GetBytes(Describe(actions).ToJsonString(Style) + "\n");

    private static JsonObject Operation(ApiAction action, ResponseSchemas schemas)
    {
        var request = $"{action.Name}Request";
        schemas.Add(request, RequestSchemas.Of(action.Parameters));
        return new JsonObject
        {
            ["operationId"] = action.Name,
            ["tags"] = new JsonArray(TagOf(action)),
            ["summary"] = action.Summary,
            ["description"] = Remark(action),
            ["parameters"] = Headers(action),
            ["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content(JsonMediaType, ResponseSchemas.Reference(request)),
            },
            ["responses"] = new JsonObject { ["200"] = Answer(schemas.Refer(action.Response)) },
        };
    }

    private static string Remark(ApiAction action)
    {
        var effect = action.IsMutating
            ? "It changes something: a key that may only look is refused."
            : "It only looks.";
        var rate = action.RequestsPerSecond.ToString(CultureInfo.InvariantCulture);
        var origin = action.IsExtension ? " It is an extension: the cloud has no such action." : "";
        return $"{effect}{origin} At most {rate} requests a second for each key, where rates are limited.";
    }

    private static JsonArray Headers(ApiAction action) => new(
        Header("X-TC-Action", "The action.", action.Name),
        Header("X-TC-Version", "The version of the product's API.", ApiVersion.Of(action.Product)),
        Parameter("Timestamp"),
        Parameter("Region"));

    private static JsonObject Header(string name, string description, string value) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["required"] = true,
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = "string", ["const"] = value },
    };

    private static JsonObject Parameter(string name) => new() { ["$ref"] = $"#/components/parameters/{name}" };

    private static JsonObject SharedHeaders() => new()
    {
        ["Timestamp"] = new JsonObject
        {
            ["name"] = "X-TC-Timestamp",
            ["in"] = "header",
            ["required"] = true,
            ["description"] = "Unix time in seconds, at most 300 s from the server's clock.",
            ["schema"] = new JsonObject { ["type"] = "integer", ["format"] = "int64" },
        },
        ["Region"] = new JsonObject
        {
            ["name"] = "X-TC-Region",
            ["in"] = "header",
            ["required"] = true,
            ["description"] = "A region of this server; it decides whose data are meant.",
            ["schema"] = new JsonObject { ["type"] = "string" },
        },
    };

    private static JsonObject SecuritySchemes() => new()
    {
        ["signature"] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "Authorization",
            ["description"] = "TC3-HMAC-SHA256 Credential=ID/DATE/SERVICE/tc3_request, "
                + "SignedHeaders=content-type;host, Signature=HEX",
        },
    };

    // Success and refusal share the status, so the body is one of two shapes.
    private static JsonObject Answer(JsonObject success)
    {
        var either = new JsonArray(success, ResponseSchemas.Reference(nameof(ErrorResponse)));
        var envelope = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["Response"] = new JsonObject { ["anyOf"] = either } },
            ["required"] = new JsonArray("Response"),
        };
        return new JsonObject
        {
            ["description"] = "The answer, or a refusal with Error.",
            ["content"] = Content(JsonMediaType, envelope),
        };
    }

    private static JsonObject Page(string path, string summary, string mediaType) => new()
    {
        ["operationId"] = path.Trim('/').Replace('.', '_'),
        ["tags"] = new JsonArray("Pages"),
        ["summary"] = summary,
        ["security"] = new JsonArray(),
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = summary,
                ["content"] = Content(mediaType, mediaType == JsonMediaType ? [] : new() { ["type"] = "string" }),
            },
        },
    };

    private static JsonObject Content(string mediaType, JsonObject schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    private static string TagOf(ApiAction action) =>
        action.IsExtension ? "Extensions" : action.Product.ToString().ToUpperInvariant();

    private static JsonArray Tags() => new(
        Tag("CBS", "Disks, snapshots, groups, backup points and policies."),
        Tag("CVM", "Instances and zones, as far as tools for disks ask for them."),
        Tag("STS", "Whose key it is."),
        Tag("TAG", "Labels of disks and snapshots."),
        Tag("Extensions", "What the cloud lacks."),
        Tag("Pages", "Unsigned, for people, supervisors and collectors."));

    private static JsonObject Tag(string name, string description) =>
        new() { ["name"] = name, ["description"] = description };
}
