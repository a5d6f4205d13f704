using Tidemark.Engine;

namespace Tidemark.Api.Jobs;

/// <summary>One check of the store at one moment; a running check is replaced by newer ones of these.</summary>
internal sealed record CheckJob(string JobId, DateTimeOffset StartTime)
{
    public const string Running = "RUNNING";
    public const string Success = "SUCCESS";
    public const string Failed = "FAILED";

    /// <summary>One of the three.</summary>
    public string State { get; init; } = Running;

    /// <summary>How much is verified, in the unit that the check counts in.</summary>
    public long Progress { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>What it found; null until it succeeded.</summary>
    public CheckReport? Report { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    public string ErrorMessage { get; init; } = "";
}
