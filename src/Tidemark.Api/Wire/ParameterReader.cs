using System.Globalization;
using System.Text.Json;
using Tidemark.Api.Actions;

namespace Tidemark.Api.Wire;

/// <summary>
/// Reads the members of one request object. A JSON body brings typed values, a flattened query brings text; both are
/// accepted everywhere: numbers as text, booleans in any case. Null is the same as absent. Members that nobody
/// asks for are ignored, because clients send undocumented ones.
/// </summary>
/// <param name="members">A JSON object.</param>
/// <param name="path">Where it stands in the request, with a trailing dot; empty for the request itself.</param>
/// <param name="declared">What may be read; null allows everything.</param>
internal readonly struct ParameterReader(
    JsonElement members, string path = "", IReadOnlyList<ApiParameter>? declared = null)
{
    /// <summary>Text, or null when absent.</summary>
    public string? Text(string name) => Find(name) is { } value ? TextOf(value, path + name) : null;

    /// <summary>Text that must be given and not be empty.</summary>
    public string RequiredText(string name)
    {
        var text = Text(name);
        return string.IsNullOrEmpty(text) ? throw Missing(name) : text;
    }

    /// <summary>A whole number that is not negative, or null when absent.</summary>
    public long? Number(string name) => Find(name) is { } value ? NumberOf(value, path + name) : null;

    /// <summary>A whole number that must be given.</summary>
    public long RequiredNumber(string name) => Number(name) ?? throw Missing(name);

    /// <summary>True or false, or null when absent.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } value)
            return null;

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when bool.TryParse(TextOf(value, path + name), out var flag) => flag,
            _ => throw WrongType(path + name, "true or false"),
        };
    }

    /// <summary>A list of texts, or null when absent.</summary>
    /// <param name="name">The member.</param>
    /// <param name="countMax">A longer list is refused.</param>
    public IReadOnlyList<string>? Texts(string name, int countMax)
    {
        var texts = new List<string>();
        if (Items(name, countMax) is not { } items)
            return null;

        foreach (var item in items)
            texts.Add(TextOf(item, $"{path}{name}.{texts.Count}"));
        return texts;
    }

    /// <summary>A list of texts that must be given and not be empty.</summary>
    public IReadOnlyList<string> RequiredTexts(string name, int countMax)
    {
        var texts = Texts(name, countMax);
        return texts is null or { Count: 0 } ? throw Missing(name) : texts;
    }

    /// <summary>A list of whole numbers that are not negative, or null when absent.</summary>
    /// <param name="name">The member.</param>
    /// <param name="countMax">A longer list is refused.</param>
    public IReadOnlyList<long>? Numbers(string name, int countMax)
    {
        if (Items(name, countMax) is not { } items)
            return null;

        var numbers = new List<long>();
        foreach (var item in items)
            numbers.Add(NumberOf(item, $"{path}{name}.{numbers.Count}"));
        return numbers;
    }

    /// <summary>A list of objects, each read by <paramref name="read"/>, or null when absent.</summary>
    public IReadOnlyList<T>? Objects<T>(string name, int countMax, Func<ParameterReader, T> read)
    {
        if (Items(name, countMax) is not { } items)
            return null;

        var objects = new List<T>();
        foreach (var item in items)
        {
            var itemPath = $"{path}{name}.{objects.Count}";
            if (item.ValueKind != JsonValueKind.Object)
                throw WrongType(itemPath, "an object");
            objects.Add(read(new ParameterReader(item, itemPath + ".", Declaration(name)?.Members)));
        }

        return objects;
    }

    /// <summary>A nested object, or null when absent.</summary>
    public ParameterReader? Nested(string name)
    {
        if (Find(name) is not { } value)
            return null;

        return value.ValueKind == JsonValueKind.Object
            ? new ParameterReader(value, $"{path}{name}.", Declaration(name)?.Members)
            : throw WrongType(path + name, "an object");
    }

    /// <summary>A nested object that must be given.</summary>
    public ParameterReader RequiredNested(string name) => Nested(name) ?? throw Missing(name);

    private static string TextOf(JsonElement value, string fullName)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw WrongType(fullName, "text");

        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw WrongType(fullName, "valid Unicode");
        }
    }

    private static long NumberOf(JsonElement value, string fullName)
    {
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out _),
            JsonValueKind.String => IsWholeNumber(TextOf(value, fullName)),
            _ => false,
        };
        var number = !isNumber ? -1
            : value.ValueKind == JsonValueKind.Number ? value.GetInt64()
            : long.Parse(TextOf(value, fullName), NumberStyles.None, CultureInfo.InvariantCulture);
        return number >= 0 ? number : throw WrongType(fullName, "a whole number, 0 or more");
    }

    private static bool IsWholeNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static ApiException WrongType(string fullName, string expected) =>
        new(ErrorCodes.InvalidParameterValue, $"Parameter {fullName} must be {expected}.");

    private JsonElement? Find(string name)
    {
        Declaration(name);
        return members.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private ApiParameter? Declaration(string name)
    {
        if (declared is null)
            return null;
        foreach (var parameter in declared)
        {
            if (parameter.Name == name)
                return parameter;
        }

        throw new InvalidOperationException($"The action reads {path}{name} without declaring it.");
    }

    private JsonElement.ArrayEnumerator? Items(string name, int countMax)
    {
        if (Find(name) is not { } value)
            return null;

        if (value.ValueKind != JsonValueKind.Array)
            throw WrongType(path + name, "a list");

        var count = value.GetArrayLength();
        return count <= countMax
            ? value.EnumerateArray()
            : throw new ApiException(
                ErrorCodes.LimitExceeded,
                $"Parameter {path}{name} has {count} values; at most {countMax} are allowed.");
    }

    private ApiException Missing(string name) =>
        new(ErrorCodes.MissingParameter, $"Parameter {path}{name} is required.");
}
