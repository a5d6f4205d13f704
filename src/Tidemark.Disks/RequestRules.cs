using System.Globalization;
using System.Text;
using Tidemark.Disks.Labels;

namespace Tidemark.Disks;

/// <summary>
/// Rules on values that several actions share. Each refuses with a <see cref="DomainException"/> that names the
/// parameter.
/// </summary>
internal static class RequestRules
{
    /// <summary>What is called so when nobody gave it a name.</summary>
    public const string DefaultName = "unnamed";

    private const int NameBytesMax = 60;
    private const int TagsMax = 50;
    private const int TagKeyLengthMax = 127;
    private const int TagValueLengthMax = 255;

    /// <summary>The refusal of a value.</summary>
    public static DomainException BadValue(string parameter, string expected, object? found) => new(
        ErrorCode.InvalidParameterValue,
        string.Create(CultureInfo.InvariantCulture, $"{parameter} must be {expected}; it was \"{found}\"."));

    /// <summary>A value that must be there.</summary>
    public static T Required<T>(T? value, string parameter)
        where T : class =>
        value ?? throw new DomainException(ErrorCode.MissingParameter, $"{parameter} is required.");

    /// <summary>A number within bounds, or the default.</summary>
    public static long Number(long? value, string parameter, long smallest, long largest, long byDefault)
    {
        var number = value ?? byDefault;
        if (number >= smallest && number <= largest)
            return number;
        throw BadValue(parameter, string.Create(CultureInfo.InvariantCulture, $"{smallest} to {largest}"), number);
    }

    /// <summary>One of some texts, or the default; an empty text is as good as none.</summary>
    public static string Choice(string? value, string parameter, IReadOnlyList<string> choices, string byDefault)
    {
        var text = string.IsNullOrEmpty(value) ? byDefault : value;
        return choices.Contains(text, StringComparer.Ordinal)
            ? text
            : throw BadValue(parameter, "one of " + string.Join(", ", choices), text);
    }

    /// <summary>A name of at most 60 bytes without control characters; a default when none was given.</summary>
    public static string Name(string? value, string parameter)
    {
        if (string.IsNullOrEmpty(value))
            return DefaultName;
        if (Encoding.UTF8.GetByteCount(value) > NameBytesMax)
            throw BadValue(parameter, "at most 60 bytes of UTF-8", value);
        return value.Any(char.IsControl) ? throw BadValue(parameter, "free of control characters", value) : value;
    }

    /// <summary>Ids of one kind: at least one, not too many, well formed, none twice.</summary>
    public static IReadOnlyList<string> Ids(
        IReadOnlyList<string>? ids, string parameter, string prefix, int countMax)
    {
        if (ids is null || ids.Count == 0)
            throw new DomainException(ErrorCode.MissingParameter, $"{parameter} is required: at least one id.");
        if (ids.Count > countMax)
        {
            throw new DomainException(ErrorCode.TooManyValues, string.Create(CultureInfo.InvariantCulture,
                $"{parameter} has {ids.Count} ids; at most {countMax} are accepted in one request."));
        }

        foreach (var id in ids)
            Id(id, parameter, prefix);
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>One well-formed id.</summary>
    public static string Id(string? id, string parameter, string prefix)
    {
        if (string.IsNullOrEmpty(id))
            throw new DomainException(ErrorCode.MissingParameter, $"{parameter} is required.");
        return Identifiers.IsWellFormed(id, prefix)
            ? id
            : throw BadValue(parameter, $"{prefix} and eight lower-case letters or digits", id);
    }

    /// <summary>
    /// Labels: not too many, keys unique and not empty, of letters, digits, spaces and some signs, without the prefixes
    /// that the cloud keeps for itself.
    /// </summary>
    public static IReadOnlyList<Tag> Tags(IReadOnlyList<Tag>? tags)
    {
        if (tags is null)
            return [];
        if (tags.Count > TagsMax)
            throw BadValue("Tags", "at most 50 labels", tags.Count);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            CheckTag(tag);
            if (!keys.Add(tag.Key))
                throw BadValue("Tags", "labels with different keys", tag.Key);
        }

        return [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];
    }

    private static void CheckTag(Tag tag)
    {
        if (tag.Key.Length is 0 or > TagKeyLengthMax)
            throw BadValue("Tags.Key", "1 to 127 characters", tag.Key);
        if (tag.Value.Length > TagValueLengthMax)
            throw BadValue("Tags.Value", "at most 255 characters", tag.Value);
        if (LabelRules.FindReserved(tag.Key) is { } reserved)
            throw BadValue("Tags.Key", $"without the prefix {reserved}", tag.Key);
        if (LabelRules.FindIllegal(tag.Key) is not null)
            throw BadValue("Tags.Key", $"of letters, digits and \"{LabelRules.Punctuation}\"", tag.Key);
        if (LabelRules.FindIllegal(tag.Value) is not null)
            throw BadValue("Tags.Value", $"of letters, digits and \"{LabelRules.Punctuation}\"", tag.Value);
    }
}
