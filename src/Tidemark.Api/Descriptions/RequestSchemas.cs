using System.Text.Json.Nodes;
using Tidemark.Api.Actions;

namespace Tidemark.Api.Descriptions;

/// <summary>JSON schemas of requests, made from what actions declare.</summary>
internal static class RequestSchemas
{
    /// <summary>The schema of an object with these members.</summary>
    public static JsonObject Of(IReadOnlyList<ApiParameter> members)
    {
        var properties = new JsonObject();
        foreach (var member in members)
            properties[member.Name] = Member(member);
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = members.Where(member => member.IsRequired).Select(member => JsonValue.Create(member.Name));
        if (required.ToArray() is { Length: > 0 } names)
            schema["required"] = new JsonArray([.. names]);
        return schema;
    }

    private static JsonObject Member(ApiParameter member)
    {
        var schema = member.Kind switch
        {
            ApiParameterKind.Text => Text(member.Choices),
            ApiParameterKind.Number => Number(),
            ApiParameterKind.Flag => new JsonObject { ["type"] = "boolean" },
            ApiParameterKind.Texts => ListOf(Text(member.Choices)),
            ApiParameterKind.Numbers => ListOf(Number()),
            ApiParameterKind.Nested => Of(member.Members),
            ApiParameterKind.Objects => ListOf(Of(member.Members)),
            _ => throw new InvalidOperationException($"There is no schema for a member of kind {member.Kind}."),
        };
        schema["description"] = member.Description;
        return schema;
    }

    private static JsonObject Text(IReadOnlyList<string> choices)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (choices.Count > 0)
            schema["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice))]);
        return schema;
    }

    private static JsonObject Number() => new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 };

    private static JsonObject ListOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items };
}
