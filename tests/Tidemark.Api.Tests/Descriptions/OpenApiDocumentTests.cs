using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidemark.Api.Actions;
using Tidemark.Api.Descriptions;
using Tidemark.Api.Tests.Server;

namespace Tidemark.Api.Tests.Descriptions;

public sealed class OpenApiDocumentTests
{
    private const string PagePath = "docs/openapi.json";

    /// <summary>Set to 1, the kept document is written anew instead of being compared.</summary>
    private const string RenewVariable = "TIDEMARK_RENEW";

    private static readonly JsonObject Document = OpenApiDocument.Describe(ActionTable.All);

    [Fact]
    public void The_kept_document_is_what_the_code_says()
    {
        var text = Encoding.UTF8.GetString(OpenApiDocument.Bytes.Span);
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
            File.WriteAllText(RepositoryFiles.PathOf(PagePath), text);

        Assert.True(
            RepositoryFiles.Read(PagePath) == text,
            $"{PagePath} is not what the code says. Renew it: {RenewVariable}=1 "
                + "tests/Tidemark.Api.Tests/bin/Release/net10.0/Tidemark.Api.Tests -class '*OpenApiDocumentTests'");
    }

    [Fact]
    public async Task The_document_is_served_unsigned()
    {
        await using var server = await RunningServer.StartAsync();

        var (status, mediaType, text) = await server.GetAsync("/openapi.json");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (status, mediaType));
        Assert.Equal(Encoding.UTF8.GetString(OpenApiDocument.Bytes.Span), text);
    }

    [Fact]
    public void Every_action_is_one_operation_with_its_members()
    {
        Assert.All(ActionTable.All, action =>
        {
            var operation = Document["paths"]![$"/#{action.Name}"]!["post"]!;
            Assert.Equal(action.Name, (string?)operation["operationId"]);
            Assert.Equal(action.Name, (string?)operation["parameters"]![0]!["schema"]!["const"]);
            var members = Schema($"{action.Name}Request")["properties"]!.AsObject().Select(member => member.Key);
            Assert.Equal(action.Parameters.Select(parameter => parameter.Name), members);
        });
    }

    [Fact]
    public void Every_reference_leads_to_a_schema_or_parameter() => Assert.All(
        References(Document), reference => Assert.NotNull(Follow(reference)));

    [Fact]
    public void Every_schema_is_used()
    {
        var used = References(Document).Select(reference => reference.Split('/')[^1]).ToHashSet();
        var named = Document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key);

        Assert.All(named, name => Assert.Contains(name, used));
    }

    [Theory]
    [InlineData("DescribeDisks", "{}")]
    [InlineData("DescribeSnapshots", "{}")]
    [InlineData("DescribeEvents", "{}")]
    [InlineData("DescribeServer", "{}")]
    [InlineData("DescribeDisks", """{"Limit":1000}""")]
    public async Task An_answer_has_the_members_that_its_schema_says(string action, string body)
    {
        await using var server = await RunningServer.StartAsync();
        await server.NewSnapshotAsync(await server.NewDiskAsync());
        using var answer = JsonDocument.Parse(await server.SendAsync(action, body));

        var name = answer.RootElement.GetProperty("Response").TryGetProperty("Error", out _)
            ? "ErrorResponse"
            : $"{action}Response";
        AssertFits(answer.RootElement.GetProperty("Response"), Schema(name), action);
    }

    private static JsonObject Schema(string name) => Document["components"]!["schemas"]![name]!.AsObject();

    private static JsonNode? Follow(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)Document, (node, step) => node?[step]);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref"
            ? [(string)member.Value!]
            : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static void AssertFits(JsonElement value, JsonNode schema, string place)
    {
        if (schema["$ref"] is { } reference)
            schema = Follow((string)reference!)!;
        if (schema["anyOf"] is JsonArray either)
        {
            if (value.ValueKind != JsonValueKind.Null)
                AssertFits(value, either[0]!, place);
            return;
        }

        var types = schema["type"] is JsonArray several
            ? several.Select(type => (string)type!).ToList()
            : [(string)schema["type"]!];
        var type = TypeOf(value);
        var fits = types.Contains(type) || (type == "integer" && types.Contains("number"));
        Assert.True(fits, $"{place} is {value.ValueKind}, and should be {schema["type"]}.");
        if (value.ValueKind == JsonValueKind.Object)
        {
            var names = value.EnumerateObject().Select(member => member.Name).ToList();
            Assert.Equal(schema["properties"]!.AsObject().Select(member => member.Key).Order(), names.Order());
            Assert.All(names, name => AssertFits(
                value.GetProperty(name), schema["properties"]![name]!, $"{place}.{name}"));
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            Assert.All(value.EnumerateArray(), item => AssertFits(item, schema["items"]!, place + "[]"));
        }
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
