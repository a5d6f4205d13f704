using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>The answer to DescribeZones.</summary>
internal sealed class DescribeZonesResponse : ApiResponse
{
    /// <summary>How many there are in all.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The zones.</summary>
    public required IReadOnlyList<WireZone> ZoneSet { get; init; }
}
