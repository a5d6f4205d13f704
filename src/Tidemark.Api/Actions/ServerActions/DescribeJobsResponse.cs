using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>The answer to DescribeJobs.</summary>
internal sealed class DescribeJobsResponse : ApiResponse
{
    /// <summary>How many jobs are listed.</summary>
    public required int TotalCount { get; init; }

    /// <summary>The jobs, newest first.</summary>
    public required IReadOnlyList<WireJob> JobSet { get; init; }
}
