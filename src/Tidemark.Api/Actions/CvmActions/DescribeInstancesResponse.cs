using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>The answer to DescribeInstances.</summary>
internal sealed class DescribeInstancesResponse : ApiResponse
{
    /// <summary>How many there are in all.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The instances of this page.</summary>
    public required IReadOnlyList<WireInstance> InstanceSet { get; init; }
}
