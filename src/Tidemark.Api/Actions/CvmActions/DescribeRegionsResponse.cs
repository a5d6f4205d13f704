using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>The answer to DescribeRegions.</summary>
internal sealed class DescribeRegionsResponse : ApiResponse
{
    /// <summary>How many there are in all.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The regions.</summary>
    public required IReadOnlyList<WireRegion> RegionSet { get; init; }
}
