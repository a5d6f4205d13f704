namespace Tidemark.Client;

/// <summary>The members of a Snapshot that the commands use.</summary>
internal sealed record SnapshotMembers
{
    /// <summary>The id.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public string SnapshotName { get; init; } = "";

    /// <summary>The disk it was taken of; it may be gone.</summary>
    public string DiskId { get; init; } = "";

    /// <summary>GiB of that disk then.</summary>
    public long DiskSize { get; init; }

    /// <summary>The state, as the API spells it.</summary>
    public string SnapshotState { get; init; } = "";

    /// <summary>Progress of creation.</summary>
    public long Percent { get; init; }

    /// <summary>When it was taken, in the API's time zone.</summary>
    public string CreateTime { get; init; } = "";

    /// <summary>Labels.</summary>
    public IReadOnlyList<TagMembers> Tags { get; init; } = [];
}
