using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>Extension: jobs since the server started, newest first; unknown ids are simply not in the list.</summary>
internal static class DescribeJobs
{
    private const int JobIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeJobs",
        Run,
        typeof(DescribeJobsResponse),
        "Jobs since the server started, newest first; unknown ids are simply not in the list.")
    {
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Texts("JobIds", "Only these; at most 100."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var jobIds = call.Parameters.Texts("JobIds", JobIdsMax);
        var jobs = call.Jobs.List().Where(job => jobIds is null or { Count: 0 } || jobIds.Contains(job.JobId));
        WireJob[] found = [.. jobs.Select(job => new WireJob(job))];
        return new DescribeJobsResponse { TotalCount = found.Length, JobSet = found };
    }
}
