namespace Tidemark.Disks.Groups;

/// <summary>What a group is created from; null means not given.</summary>
public sealed record CreateGroupRequest
{
    /// <summary>1 to 64 disks of one account and region; required.</summary>
    public IReadOnlyList<string>? DiskIds { get; init; }

    /// <summary>At most 60 bytes with the number of each member appended; <c>unnamed</c> when null or empty.</summary>
    public string? GroupName { get; init; }

    /// <summary>Labels of the group and of each member; at most 50, keys unique.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }
}
