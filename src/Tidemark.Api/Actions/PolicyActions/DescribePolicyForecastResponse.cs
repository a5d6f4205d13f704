using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>The answer to DescribePolicyForecast.</summary>
internal sealed class DescribePolicyForecastResponse : ApiResponse
{
    /// <summary>Schedule and retention in plain sentences.</summary>
    public required string Description { get; init; }

    /// <summary>The next ten runs.</summary>
    public required IReadOnlyList<string> NextTriggerTimeSet { get; init; }

    /// <summary>The days, today first.</summary>
    public required IReadOnlyList<WireForecastDay> DaySet { get; init; }

    /// <summary>The snapshots that there are at the end of the last day, oldest first.</summary>
    public required IReadOnlyList<WireForecastSnapshot> KeptSet { get; init; }
}
