using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Queries;

namespace Tidemark.Api.Actions;

/// <summary>The members that several requests share.</summary>
internal static class SharedMembers
{
    private const int IdsMax = 100;
    private const int FiltersMax = 10;
    private const int FilterValuesMax = 100;
    private const int TagsMax = 50;

    /// <summary>Reads the members of a list request; <paramref name="idsName"/> excludes Filters.</summary>
    public static ListQuery ReadQuery(ParameterReader parameters, string idsName)
    {
        var query = new ListQuery
        {
            Ids = parameters.Texts(idsName, IdsMax),
            Filters = parameters.Objects("Filters", FiltersMax, ReadFilter),
            Limit = parameters.Number("Limit"),
            Offset = parameters.Number("Offset"),
            OrderField = parameters.Text("OrderField"),
            Order = parameters.Text("Order"),
        };
        return query is { Ids.Count: > 0, Filters.Count: > 0 }
            ? throw new ApiException(ErrorCodes.InvalidParameter, $"{idsName} and Filters cannot be given together.")
            : query;
    }

    /// <summary>Reads Tags; null when absent.</summary>
    public static IReadOnlyList<Tag>? ReadTags(ParameterReader parameters) =>
        parameters.Objects("Tags", TagsMax, tag => new Tag(tag.RequiredText("Key"), tag.Text("Value") ?? ""));

    /// <summary>Reads a member that is 0 or 1; null when absent.</summary>
    public static bool? ReadBit(ParameterReader parameters, string name) => parameters.Number(name) switch
    {
        null => null,
        0 => false,
        1 => true,
        _ => throw new ApiException(ErrorCodes.InvalidParameterValue, $"Parameter {name} must be 0 or 1."),
    };

    private static Filter ReadFilter(ParameterReader filter) =>
        new(filter.RequiredText("Name"), filter.RequiredTexts("Values", FilterValuesMax));
}
