namespace Tidemark.Disks.Groups;

/// <summary>Snapshots of several disks, cut at one instant. Times are UTC.</summary>
public sealed record SnapshotGroup
{
    /// <summary><c>csnap-</c> and eight lower-case letters or digits.</summary>
    public required string GroupId { get; init; }

    /// <summary>At most 60 bytes with a member's number; not unique. Members are named after it.</summary>
    public required string GroupName { get; init; }

    /// <summary>One of <see cref="Snapshots.SnapshotState"/>.</summary>
    public required string GroupState { get; init; }

    /// <summary>Progress of creation, 0 to 100.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The policy that took it; empty when none did.</summary>
    public string PolicyId { get; init; } = string.Empty;

    /// <summary>When it was taken: the instant that all members show.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset ModifyTime { get; init; }

    /// <summary>When it is deleted by itself; null when permanent.</summary>
    public DateTimeOffset? DeadlineTime { get; init; }

    /// <summary>True when it stays until somebody deletes it.</summary>
    public bool IsPermanent => DeadlineTime is null;

    /// <summary>The members that are still there, in the order of the disks at creation.</summary>
    public IReadOnlyList<string> SnapshotIds { get; init; } = [];

    /// <summary>Whether a member is of a system disk.</summary>
    public bool HasSystemDisk { get; init; }
}
