using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Api.Wire;

/// <summary>
/// Folds names such as <c>Filters.0.Values.1</c> back into the objects and lists that they were flattened from.
/// A container whose names are all numbers is a list, in the order of its numbers. Every leaf is text.
/// </summary>
internal static class FlattenedParameters
{
    private const int DepthMax = 8;

    /// <summary>The parameters as one JSON object, as a JSON body would have brought them.</summary>
    /// <exception cref="ApiException">
    /// A name is both a value and a container, is given twice, or is nested too deep.
    /// </exception>
    public static JsonElement Fold(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var root = new Branch();
        foreach (var pair in pairs)
            Place(root, pair.Key, pair.Value);

        using var document = JsonDocument.Parse(ToObject(root).ToJsonString());
        return document.RootElement.Clone();
    }

    private static void Place(Branch root, string name, string value)
    {
        var steps = name.Split('.', DepthMax + 1);
        if (steps.Length > DepthMax)
            throw Refuse(name, $"is nested deeper than {DepthMax} levels");

        var branch = root;
        foreach (var step in steps[..^1])
        {
            branch.Children.TryAdd(step, new Branch());
            branch = branch.Children[step] as Branch
                ?? throw Refuse(name, "is given both as a value and as a container");
        }

        if (!branch.Children.TryAdd(steps[^1], value))
            throw Refuse(name, "is given more than once");
    }

    private static JsonNode? ToNode(object child)
    {
        if (child is not Branch branch)
            return JsonValue.Create((string)child);

        return branch.Children.Keys.All(IsIndex) ? ToArray(branch) : ToObject(branch);
    }

    private static JsonObject ToObject(Branch branch)
    {
        var node = new JsonObject();
        foreach (var (name, child) in branch.Children)
            node[name] = ToNode(child);
        return node;
    }

    private static JsonArray ToArray(Branch branch)
    {
        var node = new JsonArray();
        foreach (var (_, child) in branch.Children.OrderBy(child => int.Parse(child.Key, CultureInfo.InvariantCulture)))
            node.Add(ToNode(child));
        return node;
    }

    private static bool IsIndex(string step) => step.Length is > 0 and <= 6 && step.All(char.IsAsciiDigit);

    private static ApiException Refuse(string name, string what) =>
        new(ErrorCodes.InvalidParameter, $"Parameter {name} {what}.");

    private sealed class Branch
    {
        public Dictionary<string, object> Children { get; } = new(StringComparer.Ordinal);
    }
}
