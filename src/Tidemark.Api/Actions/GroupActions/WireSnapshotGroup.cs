using Tidemark.Api.Wire;
using Tidemark.Disks.Groups;

namespace Tidemark.Api.Actions.GroupActions;

/// <summary>A snapshot group as the CBS API shows it, every documented member present.</summary>
internal sealed class WireSnapshotGroup(SnapshotGroup group)
{
    public string SnapshotGroupId => group.GroupId;

    public string SnapshotGroupName => group.GroupName;

    /// <summary>The API knows one type, whose name says nothing of the consistency that there is.</summary>
    public string SnapshotGroupType { get; } = "NORMAL";

    public string SnapshotGroupState => group.GroupState;

    public int Percent => group.Percent;

    public IReadOnlyList<string> SnapshotIdSet => group.SnapshotIds;

    public bool ContainRootSnapshot => group.HasSystemDisk;

    /// <summary>Always empty: there are no machine images here.</summary>
    public IReadOnlyList<string> Images { get; } = [];

    public int ImageCount { get; }

    public bool IsPermanent => group.IsPermanent;

    public string? DeadlineTime => group.DeadlineTime is { } deadline ? WireTime.WithOffset(deadline) : null;

    public string? AutoSnapshotPolicyId => group.PolicyId.Length > 0 ? group.PolicyId : null;

    public string CreateTime => WireTime.WithOffset(group.CreateTime);

    public string ModifyTime => WireTime.WithOffset(group.ModifyTime);
}
