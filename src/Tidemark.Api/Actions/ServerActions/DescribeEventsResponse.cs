using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>The answer to DescribeEvents.</summary>
internal sealed class DescribeEventsResponse : ApiResponse
{
    /// <summary>The events, newest first.</summary>
    public required IReadOnlyList<WireEvent> EventSet { get; init; }
}
