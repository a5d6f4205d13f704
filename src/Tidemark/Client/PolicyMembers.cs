namespace Tidemark.Client;

/// <summary>The members of a snapshot policy that the commands use.</summary>
internal sealed record PolicyMembers
{
    /// <summary>The id.</summary>
    public required string AutoSnapshotPolicyId { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public string AutoSnapshotPolicyName { get; init; } = "";

    /// <summary>Whether it runs.</summary>
    public bool IsActivated { get; init; }

    /// <summary>When it runs next, in the API's time zone; empty while it does not.</summary>
    public string NextTriggerTime { get; init; } = "";

    /// <summary>The hour of its newest run, in the API's time zone; empty before the first.</summary>
    public string LastTriggerTime { get; init; } = "";

    /// <summary>Why it suspended itself; empty when it did not.</summary>
    public string SuspendReason { get; init; } = "";

    /// <summary>Schedule and retention in plain sentences.</summary>
    public string Description { get; init; } = "";

    /// <summary>When it was made, in the API's time zone.</summary>
    public string CreateTime { get; init; } = "";

    /// <summary>The disks that it takes snapshots of.</summary>
    public IReadOnlyList<string> DiskIdSet { get; init; } = [];
}
