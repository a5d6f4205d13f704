namespace Tidemark.Disks.Policies;

/// <summary>A snapshot policy as the API shows it. Times are UTC.</summary>
public sealed record SnapshotPolicy
{
    /// <summary><c>asp-</c> and eight lower-case letters or digits.</summary>
    public required string PolicyId { get; init; }

    /// <summary>At most 60 bytes; not unique.</summary>
    public required string PolicyName { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>Whether it runs; false when it is paused or has suspended itself.</summary>
    public bool IsActivated { get; init; } = true;

    /// <summary>When it runs: at every hour that one of these names.</summary>
    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    /// <summary>How long its snapshots stay.</summary>
    public required PolicyRetention Retention { get; init; }

    /// <summary>When it runs next; null while it does not run.</summary>
    public DateTimeOffset? NextTriggerTime { get; init; }

    /// <summary>The hour of its newest run; null before the first.</summary>
    public DateTimeOffset? LastTriggerTime { get; init; }

    /// <summary>Runs in a row that made no snapshot though disks are bound.</summary>
    public int FailureCount { get; init; }

    /// <summary>Why it suspended itself; empty when it did not.</summary>
    public string SuspendReason { get; init; } = string.Empty;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>Disks that it takes snapshots of, sorted.</summary>
    public IReadOnlyList<string> DiskIds { get; init; } = [];

    /// <summary>Instances that those disks are attached to, sorted.</summary>
    public IReadOnlyList<string> InstanceIds { get; init; } = [];

    /// <summary>Labels, by key.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Whose it is and where.</summary>
    public Accounts.Scope Scope => new(AccountId, Region);

    /// <summary>Its runs.</summary>
    public PolicyCalendar Calendar => new(Rules, CreateTime);
}
