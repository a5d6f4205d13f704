namespace Tidemark.Client;

/// <summary>The members of a job that the commands use.</summary>
internal sealed record JobMembers
{
    /// <summary>The id.</summary>
    public required string JobId { get; init; }

    /// <summary>RUNNING, SUCCESS or FAILED.</summary>
    public string JobState { get; init; } = "";

    /// <summary>Grows while the job runs.</summary>
    public long Progress { get; init; }

    /// <summary>Why the job failed.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>What was found; null until the job is done.</summary>
    public CheckSummary? Report { get; init; }
}
