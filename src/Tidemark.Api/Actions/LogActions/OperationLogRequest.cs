using System.Globalization;
using Tidemark.Api.Wire;
using Tidemark.Disks.Events;

namespace Tidemark.Api.Actions.LogActions;

/// <summary>What the two lists of operations are asked for: which resources, and when.</summary>
internal static class OperationLogRequest
{
    private const int FiltersMax = 10;
    private const int IdsMax = 10;
    private const int RowsMax = 1_000;

    // Times without an offset are those of China, as everywhere in the API.
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The members of a request.</summary>
    /// <param name="filterName">The only filter, for example <c>disk-id</c>.</param>
    public static IReadOnlyList<ApiParameter> Parameters(string filterName) =>
    [
        ApiParameter.Objects(
            "Filters",
            $"One condition, {filterName}, with at most 10 ids.",
            ApiParameter.Text("Name", $"{filterName}.", filterName).Required,
            ApiParameter.Texts("Values", "Ids, at most 10.").Required).Required,
        ApiParameter.Text("BeginTime", "YYYY-MM-DD hh:mm:ss, UTC+8: nothing older."),
        ApiParameter.Text("EndTime", "YYYY-MM-DD hh:mm:ss, UTC+8: nothing newer."),
    ];

    /// <summary>The ids, and the events about them that the answer is made from, newest first.</summary>
    public static (IReadOnlyList<string> Ids, IReadOnlyList<AuditEvent> Events) Find(
        ActionCall call, string filterName, IReadOnlyList<string> actions)
    {
        var ids = ReadIds(call.Parameters, filterName);
        var query = new EventQuery
        {
            ResourceIds = ids,
            Actions = actions,
            From = ReadTime(call.Parameters, "BeginTime"),
            Until = ReadTime(call.Parameters, "EndTime"),
            Scope = call.Caller.Scope,
            Limit = RowsMax,
        };
        return (ids, call.Domain.Events.List(query));
    }

    /// <summary>Rows, one for each of the ids that an event is about.</summary>
    public static IEnumerable<(string Id, AuditEvent Event)> Rows(
        IReadOnlyList<string> ids, IReadOnlyList<AuditEvent> events) =>
        events.SelectMany(happened => happened.ResourceId.Split(',')
            .Where(ids.Contains)
            .Select(id => (id, happened)));

    /// <summary>How an operation ended.</summary>
    public static string State(AuditEvent happened) => happened.Result == EventLog.Success ? "SUCCESS" : "FAILED";

    private static List<string> ReadIds(ParameterReader parameters, string filterName)
    {
        var filters = parameters.Objects("Filters", FiltersMax, filter =>
            (Name: filter.RequiredText("Name"), Values: filter.RequiredTexts("Values", IdsMax)));
        if (filters is null or { Count: 0 })
            throw new ApiException(ErrorCodes.MissingParameter, $"Parameter Filters is required, with {filterName}.");
        if (filters.FirstOrDefault(filter => filter.Name != filterName) is { Name: { } other })
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"The only filter here is {filterName}; '{other}' is not known.");
        }

        return [.. filters.SelectMany(filter => filter.Values)];
    }

    private static DateTimeOffset? ReadTime(ParameterReader parameters, string name)
    {
        var text = parameters.Text(name);
        if (string.IsNullOrEmpty(text))
            return null;

        var isTime = DateTime.TryParseExact(
            text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        return isTime
            ? new DateTimeOffset(time, Offset)
            : throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"Parameter {name} must be like 2019-11-22 23:59:59 (UTC+8).");
    }
}
