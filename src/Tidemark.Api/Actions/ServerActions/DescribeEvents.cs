using Tidemark.Api.Wire;

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
        "The audit log, newest first.")
    {
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Text("ResourceId", "Only events about exactly this."),
            ApiParameter.Number("Limit", "1 to 1,000."),
            ApiParameter.Number("BeforeEventId", "Only events older than this."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        if (request.Limit is < 1 or > LimitMax)
            throw new ApiException(ErrorCodes.InvalidParameterValue, $"Parameter Limit must be 1 to {LimitMax}.");

        var events = call.Domain.Events.List(
            request.ResourceId, (int)request.Limit, request.BeforeEventId, call.Caller.Scope);
        return new DescribeEventsResponse { EventSet = [.. events.Select(happened => new WireEvent(happened))] };
    }

    private sealed record Request(string? ResourceId, long Limit, long? BeforeEventId)
    {
        public static Request Read(ParameterReader parameters)
        {
            var resourceId = parameters.Text("ResourceId");
            return new(
                string.IsNullOrEmpty(resourceId) ? null : resourceId,
                parameters.Number("Limit") ?? LimitDefault,
                parameters.Number("BeforeEventId"));
        }
    }
}
