using System.Text.Json.Nodes;
using Tidemark.Api.Actions;

namespace Tidemark.Api.Tests.Server;

/// <summary>
/// Requests made from what the actions declare: each member that takes an id, together with all that is required.
/// </summary>
internal static class SampleRequests
{
    private static readonly Dictionary<string, JsonNode> Values = new()
    {
        ["Zone"] = "local-1",
        ["DiskChargeType"] = "POSTPAID_BY_HOUR",
        ["DiskType"] = "CLOUD_SSD",
        ["DiskSize"] = 2,
        ["ServiceType"] = "cvm",
        ["ResourcePrefix"] = "volume",
        ["ResourceRegion"] = "local",
        ["InquiryType"] = "INQUIRY_CBS_CONFIG",
    };

    /// <summary>Every action with a member that takes an id, and that member.</summary>
    public static IEnumerable<(ApiAction Action, ApiParameter Member)> All =>
        from action in ActionTable.All
        from member in action.Parameters
        where IsId(member) || action.Parameters.Any(each => each == member && IsLog(each))
        select (action, member);

    /// <summary>The body of a request.</summary>
    /// <param name="action">The action.</param>
    /// <param name="member">A member that it shall have, besides the required ones.</param>
    /// <param name="ids">What stands for ids, by the member's name in the singular.</param>
    public static string Body(ApiAction action, ApiParameter member, IReadOnlyDictionary<string, string> ids) =>
        ObjectOf(action.Parameters.Where(each => each.IsRequired || each == member), ids).ToJsonString();

    /// <summary>The name under which a member's ids are found.</summary>
    public static string KeyOf(ApiParameter member) => member.Name switch
    {
        "Filters" => member.Members[0].Choices[0],
        "ResourceIds" => "DiskId",
        "ResourceList" => "Resource",
        _ => member.Name.EndsWith("Ids", StringComparison.Ordinal) ? member.Name[..^1] : member.Name,
    };

    private static bool IsId(ApiParameter member) => member.Kind switch
    {
        ApiParameterKind.Text => member.Name.EndsWith("Id", StringComparison.Ordinal) || member.Name == "Resource",
        ApiParameterKind.Texts =>
            member.Name.EndsWith("Ids", StringComparison.Ordinal) || member.Name == "ResourceList",
        _ => false,
    };

    private static bool IsLog(ApiParameter member) =>
        member is { Name: "Filters", IsRequired: true } && member.Members[0].Choices.Count > 0;

    private static JsonObject ObjectOf(
        IEnumerable<ApiParameter> members, IReadOnlyDictionary<string, string> ids)
    {
        var made = new JsonObject();
        foreach (var member in members)
            made[member.Name] = ValueOf(member, ids);
        return made;
    }

    private static JsonNode ValueOf(ApiParameter member, IReadOnlyDictionary<string, string> ids)
    {
        if (IsLog(member))
        {
            var name = KeyOf(member);
            return new JsonArray(new JsonObject { ["Name"] = name, ["Values"] = new JsonArray(IdOf(name, ids)) });
        }

        return member.Kind switch
        {
            _ when IsId(member) && member.Kind == ApiParameterKind.Text => IdOf(KeyOf(member), ids),
            _ when IsId(member) => new JsonArray(IdOf(KeyOf(member), ids)),
            _ when Values.TryGetValue(member.Name, out var value) => value.DeepClone(),
            ApiParameterKind.Text => member.Choices.Count > 0 ? member.Choices[0] : "x",
            ApiParameterKind.Number => 1,
            ApiParameterKind.Flag => true,
            ApiParameterKind.Texts => new JsonArray("x"),
            ApiParameterKind.Numbers => new JsonArray(1),
            ApiParameterKind.Nested => ObjectOf(member.Members.Where(each => each.IsRequired), ids),
            _ => new JsonArray(ObjectOf(member.Members.Where(each => each.IsRequired), ids)),
        };
    }

    private static string IdOf(string key, IReadOnlyDictionary<string, string> ids) =>
        ids.GetValueOrDefault(key, "none");
}
