namespace Tidemark.Client;

/// <summary>The members of a Disk that the commands use.</summary>
internal sealed record DiskMembers
{
    /// <summary>The id.</summary>
    public required string DiskId { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public string DiskName { get; init; } = "";

    /// <summary>The size in GiB.</summary>
    public long DiskSize { get; init; }

    /// <summary>The state, as the API spells it.</summary>
    public string DiskState { get; init; } = "";

    /// <summary>The instance that it is attached to; empty when none.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>Whether a rollback is going on.</summary>
    public bool Rollbacking { get; init; }

    /// <summary>Snapshots of this disk.</summary>
    public long SnapshotCount { get; init; }

    /// <summary>When it was created, in the API's time zone.</summary>
    public string CreateTime { get; init; } = "";
}
