using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Descriptions;

/// <summary>
/// JSON schemas of answers, made from the same contract that writes them, so that they say what is sent. Each type
/// becomes one named schema that others refer to.
/// </summary>
internal sealed class ResponseSchemas
{
    private const string WirePrefix = "Wire";

    private static readonly Dictionary<Type, (string Type, string? Format)> Scalars = new()
    {
        [typeof(string)] = ("string", null),
        [typeof(bool)] = ("boolean", null),
        [typeof(int)] = ("integer", "int32"),
        [typeof(long)] = ("integer", "int64"),
        [typeof(float)] = ("number", "float"),
        [typeof(double)] = ("number", "double"),
        [typeof(decimal)] = ("number", null),
    };

    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>What was asked for so far and all that it refers to, by name.</summary>
    public JsonObject ToJson()
    {
        var schemas = new JsonObject();
        foreach (var (name, schema) in _schemas)
            schemas[name] = schema.DeepClone();
        return schemas;
    }

    /// <summary>Adds a schema that is not of a type.</summary>
    public void Add(string name, JsonObject schema)
    {
        if (!_schemas.TryAdd(name, schema))
            throw new InvalidOperationException($"Two schemas are named {name}: rename one of the types.");
    }

    /// <summary>A reference to the schema of a type, which is added when it is new.</summary>
    public JsonObject Refer(Type type)
    {
        var name = NameOf(type);
        // Two products may have a thing of one name: the second one met carries the end of its namespace too.
        if (_types.TryGetValue(name, out var other) && other != type)
            name = type.Namespace?.Split('.')[^1] + name;
        // Known before its members are described, so that a type may hold itself.
        if (_types.TryAdd(name, type))
            Add(name, Describe(type));
        else if (_types[name] != type)
            throw new InvalidOperationException($"{type} and {_types[name]} would both be the schema {name}.");
        return Reference(name);
    }

    /// <summary>A reference to a schema by its name.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>The name of a type's schema: as in code, without what marks types of the wire.</summary>
    public static string NameOf(Type type)
    {
        var name = type.Name;
        return name.StartsWith(WirePrefix, StringComparison.Ordinal) && name.Length > WirePrefix.Length
            ? name[WirePrefix.Length..]
            : name;
    }

    private JsonObject Describe(Type type)
    {
        var contract = Contract(type);
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var member in contract.Properties.Where(member => member.Get is not null))
        {
            properties[member.Name] = Member(member.PropertyType, member.IsGetNullable);
            if (member.ShouldSerialize is null)
                required.Add(member.Name);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private JsonObject Member(Type type, bool isNullable)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Member(underlying, isNullable: true);

        if (Scalars.TryGetValue(type, out var scalar))
            return Scalar(scalar.Type, scalar.Format, isNullable);

        var contract = Contract(type);
        if (contract.Kind == JsonTypeInfoKind.Enumerable && contract.ElementType is { } element)
        {
            var list = new JsonObject { ["type"] = Typed("array", isNullable) };
            list["items"] = Member(element, isNullable: false);
            return list;
        }

        if (contract.Kind != JsonTypeInfoKind.Object)
            throw new InvalidOperationException($"There is no schema for {type}: use a type that has one.");

        var reference = Refer(type);
        return isNullable
            ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) }
            : reference;
    }

    private static JsonObject Scalar(string type, string? format, bool isNullable)
    {
        var schema = new JsonObject { ["type"] = Typed(type, isNullable) };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }

    private static JsonNode Typed(string type, bool isNullable) =>
        isNullable ? new JsonArray(type, "null") : JsonValue.Create(type);

    private static JsonTypeInfo Contract(Type type) => WireJson.Default.GetTypeInfo(type)
        ?? throw new InvalidOperationException($"{type} is not registered in WireJson.");
}
