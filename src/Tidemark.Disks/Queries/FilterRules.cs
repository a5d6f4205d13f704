using System.Globalization;

namespace Tidemark.Disks.Queries;

/// <summary>Turns a list's filters into conditions: a table of the names that the list knows.</summary>
/// <param name="idColumn">The column of ids, for labels.</param>
/// <param name="columns">Filters that compare a text column.</param>
/// <param name="numberColumns">Filters that compare a number column.</param>
/// <param name="constants">
/// Filters on properties that are the same for all: the only value that fits; null fits nothing.
/// </param>
internal sealed class FilterRules(
    string idColumn,
    IReadOnlyDictionary<string, string> columns,
    IReadOnlyDictionary<string, string> numberColumns,
    IReadOnlyDictionary<string, string?> constants)
{
    private const int FiltersMax = 20;
    private const int ValuesMax = 100;
    private const string TagKey = "tag-key";
    private const string TagValue = "tag-value";
    private const string TagPrefix = "tag:";

    /// <summary>Whether a filter is on labels.</summary>
    public static bool IsOnTags(Filter filter) =>
        filter.Name is TagKey or TagValue || filter.Name.StartsWith(TagPrefix, StringComparison.Ordinal);

    /// <summary>Adds the conditions of all filters.</summary>
    public void Apply(IReadOnlyList<Filter> filters, ListConditions conditions)
    {
        if (filters.Count > FiltersMax)
            throw TooMany("Filters", filters.Count, FiltersMax);
        foreach (var filter in filters)
        {
            if (filter.Values.Count > ValuesMax)
                throw TooMany($"Values of filter {filter.Name}", filter.Values.Count, ValuesMax);
            Apply(filter, conditions);
        }
    }

    private void Apply(Filter filter, ListConditions conditions)
    {
        if (columns.TryGetValue(filter.Name, out var column))
            conditions.AddChoice(column, filter.Values);
        else if (numberColumns.TryGetValue(filter.Name, out var numberColumn))
            conditions.AddChoice(numberColumn, Numbers(filter));
        else if (constants.TryGetValue(filter.Name, out var only))
            conditions.AddConstant(only is not null && filter.Values.Contains(only, StringComparer.OrdinalIgnoreCase));
        else if (filter.Name == TagKey)
            conditions.AddTag(idColumn, "tag_key", filter.Values);
        else if (filter.Name == TagValue)
            conditions.AddTag(idColumn, "tag_value", filter.Values);
        else if (filter.Name.StartsWith(TagPrefix, StringComparison.Ordinal) && filter.Name.Length > TagPrefix.Length)
            conditions.AddTag(idColumn, "tag_value", filter.Values, filter.Name[TagPrefix.Length..]);
        else
            throw Unknown(filter.Name);
    }

    private DomainException Unknown(string name)
    {
        var known = columns.Keys.Concat(numberColumns.Keys).Concat(constants.Keys).Order(StringComparer.Ordinal);
        return new DomainException(ErrorCode.InvalidFilter,
            $"The filter \"{name}\" is not known; known are {string.Join(", ", known)}, " +
            "tag-key, tag-value and tag:KEY.");
    }

    private static List<long> Numbers(Filter filter)
    {
        var numbers = new List<long>();
        foreach (var value in filter.Values)
        {
            if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                throw RequestRules.BadValue($"A value of filter {filter.Name}", "a whole number", value);
            numbers.Add(number);
        }

        return numbers;
    }

    private static DomainException TooMany(string what, int found, int most) => new(
        ErrorCode.TooManyValues,
        string.Create(CultureInfo.InvariantCulture, $"{what}: {found} were given, at most {most} are accepted."));
}
