using Tidemark.Api.Wire;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Events;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>Extension: the audit log, newest first.</summary>
internal static class DescribeEvents
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeEvents",
        Run,
        typeof(DescribeEventsResponse),
        "The audit log of the account in the region, newest first: everything that changed something or would have.")
    {
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Text("ResourceId", "Only events about this, alone or among others."),
            ApiParameter.Text("ActionName", "Only events of this action."),
            ApiParameter.Text("Actor", "Only events of this secret id, or of the part of the server of that name."),
            ApiParameter.Text("Result", "Only events that ended so: Success, or an error code."),
            ApiParameter.Text("BeginTime", "Only events at this time, in ISO-8601, or later."),
            ApiParameter.Text("EndTime", "Only events at this time, in ISO-8601, or earlier."),
            ApiParameter.Text("AccountId", "Of another account; for administrators."),
            ApiParameter.Flag("AllAccounts", "Of all accounts and regions and of the server; for administrators."),
            ApiParameter.Number("Limit", "1 to 1,000; 100 when left out."),
            ApiParameter.Number("BeforeEventId", "Only events older than this: the last one of the page before."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var parameters = call.Parameters;
        var limit = parameters.Number("Limit") ?? LimitDefault;
        if (limit is < 1 or > LimitMax)
            throw new ApiException(ErrorCodes.InvalidParameterValue, $"Parameter Limit must be 1 to {LimitMax}.");

        var query = new EventQuery
        {
            ResourceIds = Text(parameters, "ResourceId") is { } resourceId ? [resourceId] : [],
            Actions = Text(parameters, "ActionName") is { } action ? [action] : [],
            Actor = Text(parameters, "Actor"),
            Result = Text(parameters, "Result"),
            From = ReadTime(parameters, "BeginTime"),
            Until = ReadTime(parameters, "EndTime"),
            BeforeEventId = parameters.Number("BeforeEventId"),
            Scope = ReadScope(call),
            Limit = (int)limit,
        };
        var events = call.Domain.Events.List(query);
        return new DescribeEventsResponse { EventSet = [.. events.Select(happened => new WireEvent(happened))] };
    }

    private static Scope? ReadScope(ActionCall call)
    {
        var own = call.Caller.Scope;
        var accountId = Text(call.Parameters, "AccountId");
        var isAll = call.Parameters.Flag("AllAccounts") ?? false;
        if (!isAll && (accountId is null || accountId == own?.AccountId))
            return own;

        if (!call.Domain.Keys.IsAdministrator(call.Caller))
        {
            throw new ApiException(
                ErrorCodes.UnauthorizedOperation,
                "Only a key of the server's first account that may write sees events of other accounts.");
        }

        return isAll || own is null || accountId is null ? null : own with { AccountId = accountId };
    }

    private static DateTimeOffset? ReadTime(ParameterReader parameters, string name)
    {
        if (Text(parameters, name) is not { } text)
            return null;
        return WireTime.Parse(text) ?? throw new ApiException(
            ErrorCodes.InvalidParameterValue, $"Parameter {name} must be an ISO-8601 time: 2030-01-08T09:47:55Z.");
    }

    private static string? Text(ParameterReader parameters, string name) =>
        parameters.Text(name) is { Length: > 0 } text ? text : null;
}
