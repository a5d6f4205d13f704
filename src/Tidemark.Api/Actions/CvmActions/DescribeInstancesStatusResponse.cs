using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>The answer to DescribeInstancesStatus.</summary>
internal sealed class DescribeInstancesStatusResponse : ApiResponse
{
    /// <summary>How many there are in all.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The instances of this page.</summary>
    public required IReadOnlyList<WireInstanceStatus> InstanceStatusSet { get; init; }
}
