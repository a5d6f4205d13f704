using System.Text.Json.Nodes;
using Tidemark.Api.Actions;

namespace Tidemark.Api.Tests.Actions;

/// <summary>
/// Request bodies made from what actions declare: well-typed ones, and ones with members of another type.
/// </summary>
/// <param name="random">A seeded source.</param>
/// <param name="ids">Ids of things that exist.</param>
internal sealed class DeclaredBodies(Random random, IReadOnlyList<string> ids)
{
    private const int ItemsMax = 4;

    private static readonly string[] SomeTexts =
    [
        "", "x", "unnamed", "夜间 ~+%", "\u0000", "disk-00000000", "snap-zzzzzzzz", "ins-00000001", "asp-00000000",
        "local-1", "local", "true", "-1", "2030-01-08T09:47:55+00:00", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2030-01-08 09:47:55", "qcs::cvm:local:uin/:volume/disk-00000000", "CLOUD_SSD", "PREPAID", "INQUIRY_CBS_CONFIG",
        "SHARE", "ASC", "zone", "tag:a", "'; DROP TABLE disks; --", "../../etc/passwd", new('n', 61), new('n', 5000),
    ];

    private static readonly long[] SomeNumbers = [0, 1, 2, 7, 20, 50, 64, 100, 101, 1024, 32_768, long.MaxValue];

    private static readonly string[] SomeWrongs =
    [
        "null", "true", "\"x\"", "\"\"", "-1", "1.5", "1e999", "99999999999999999999", "[]", "{}", "[null]", "[[]]",
        "[{}]", "{\"0\":\"a\"}", "[1]", "[\"a\",1]", "\"\\ue000\"", "[{\"Name\":1}]", "false", "{\"Zone\":[]}",
    ];

    /// <summary>An object with every required member and some of the others, each of its declared type.</summary>
    public JsonObject WellTyped(IReadOnlyList<ApiParameter> members)
    {
        var body = new JsonObject();
        foreach (var member in members.Where(member => member.IsRequired || random.Next(3) == 0))
            body[member.Name] = ValueOf(member);
        return body;
    }

    /// <summary>The same, with up to three members missing or of another type, at any depth.</summary>
    public JsonObject IllTyped(IReadOnlyList<ApiParameter> members)
    {
        var body = WellTyped(members);
        for (var change = random.Next(1, 4); change > 0; change--)
            Spoil(body, members);
        return body;
    }

    /// <summary>
    /// The text that is sent. A letter for private use stands for half of a surrogate pair, which no text can hold.
    /// </summary>
    public static string TextOf(JsonObject body) =>
        body.ToJsonString().Replace("\\uE000", "\\ud800", StringComparison.OrdinalIgnoreCase);

    private void Spoil(JsonObject body, IReadOnlyList<ApiParameter> members)
    {
        if (members.Count == 0)
        {
            body["Unknown"] = Wrong();
            return;
        }

        var member = members[random.Next(members.Count)];
        if (body[member.Name] is JsonObject nested && random.Next(2) == 0)
            Spoil(nested, member.Members);
        else if (body[member.Name] is JsonArray { Count: > 0 } list && random.Next(2) == 0)
            list[random.Next(list.Count)] = Wrong();
        else if (random.Next(4) == 0)
            body.Remove(member.Name);
        else
            body[member.Name] = Wrong();
    }

    private JsonNode? Wrong() => JsonNode.Parse(SomeWrongs[random.Next(SomeWrongs.Length)]);

    private JsonNode ValueOf(ApiParameter member) => member.Kind switch
    {
        ApiParameterKind.Text => Text(member),
        ApiParameterKind.Number => Number(),
        ApiParameterKind.Flag => JsonValue.Create(random.Next(2) == 0),
        ApiParameterKind.Texts => Several(() => Text(member)),
        ApiParameterKind.Numbers => Several(Number),
        ApiParameterKind.Nested => WellTyped(member.Members),
        _ => Several(() => WellTyped(member.Members)),
    };

    private JsonArray Several(Func<JsonNode> item)
    {
        var list = new JsonArray();
        for (var count = random.Next(1, ItemsMax); count > 0; count--)
            list.Add(item());
        return list;
    }

    private JsonValue Text(ApiParameter member)
    {
        var isId = member.Name.Contains("Id", StringComparison.Ordinal);
        IReadOnlyList<string> pool = member.Choices.Count > 0 && random.Next(5) > 0 ? member.Choices
            : isId && ids.Count > 0 && random.Next(3) > 0 ? ids
            : SomeTexts;
        return JsonValue.Create(pool[random.Next(pool.Count)]);
    }

    private JsonValue Number() => JsonValue.Create(SomeNumbers[random.Next(SomeNumbers.Length)]);
}
