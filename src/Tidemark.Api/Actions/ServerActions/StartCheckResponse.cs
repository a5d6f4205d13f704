using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>The answer to StartCheck.</summary>
internal sealed class StartCheckResponse : ApiResponse
{
    /// <summary>The job to ask DescribeJobs about.</summary>
    public required string JobId { get; init; }
}
