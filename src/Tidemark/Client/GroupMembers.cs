namespace Tidemark.Client;

/// <summary>The members of a SnapshotGroup that the commands use.</summary>
internal sealed record GroupMembers
{
    /// <summary>The id.</summary>
    public required string SnapshotGroupId { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public string SnapshotGroupName { get; init; } = "";

    /// <summary>The state, as the API spells it.</summary>
    public string SnapshotGroupState { get; init; } = "";

    /// <summary>Progress of creation.</summary>
    public long Percent { get; init; }

    /// <summary>The snapshots in it.</summary>
    public IReadOnlyList<string> SnapshotIdSet { get; init; } = [];

    /// <summary>When it was taken, with an offset.</summary>
    public DateTimeOffset CreateTime { get; init; }
}
