using Tidemark.Api.Jobs;
using Tidemark.Api.Wire;
using Tidemark.Engine;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>A job as DescribeJobs shows it.</summary>
internal sealed class WireJob(CheckJob job)
{
    public string JobId => job.JobId;

    public string JobType { get; } = "CHECK_STORE";

    /// <summary>
    /// RUNNING, SUCCESS or FAILED. A check that finds problems succeeds: the problems are its report.
    /// </summary>
    public string JobState => job.State;

    public string StartTime => WireTime.Utc(job.StartTime);

    /// <summary>Empty while the job runs.</summary>
    public string EndTime => job.EndTime is { } end ? WireTime.Utc(end) : "";

    /// <summary>How far it is, in the unit that the check counts in; grows while it runs.</summary>
    public long Progress => job.Progress;

    /// <summary>Why the job failed; empty otherwise.</summary>
    public string ErrorMessage => job.ErrorMessage;

    /// <summary>What was verified and what was found wrong; null until the check is done.</summary>
    public CheckReport? Report => job.Report;
}
