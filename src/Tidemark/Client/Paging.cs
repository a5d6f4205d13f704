using System.Text.Json.Nodes;

namespace Tidemark.Client;

/// <summary>The members that list requests share.</summary>
internal static class Paging
{
    /// <summary>A page from an offset on, oldest first, optionally with one condition.</summary>
    public static JsonObject Members(int offset, int limit, string? filter, string? value)
    {
        var members = new JsonObject { ["Offset"] = offset, ["Limit"] = limit, ["Order"] = "ASC" };
        if (filter is not null && value is not null)
        {
            var condition = new JsonObject { ["Name"] = filter, ["Values"] = new JsonArray(value) };
            members["Filters"] = new JsonArray(condition);
        }

        return members;
    }

    /// <summary>A JSON array of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts)
    {
        var array = new JsonArray();
        foreach (var text in texts)
            array.Add((JsonNode)text);
        return array;
    }
}
