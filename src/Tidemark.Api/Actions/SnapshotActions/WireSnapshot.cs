using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>
/// A snapshot as the CBS API shows it; every member that clients dereference is present and not null. Origin,
/// Consistency, SnapshotGroupId, CopySourceId and DeletedTime are extensions.
/// </summary>
internal sealed class WireSnapshot(Snapshot snapshot)
{
    public string SnapshotId => snapshot.SnapshotId;

    public string SnapshotName => snapshot.SnapshotName;

    public string SnapshotState => snapshot.SnapshotState;

    public int Percent => snapshot.Percent;

    public string DiskId => snapshot.DiskId;

    public long DiskSize => snapshot.DiskSizeGiB;

    public string DiskUsage => snapshot.DiskUsage;

    public WirePlacement Placement { get; } = new(snapshot.Zone, snapshot.ProjectId);

    public bool Encrypt { get; }

    public bool IsPermanent => snapshot.IsPermanent;

    public string DeadlineTime => snapshot.DeadlineTime is { } deadline ? WireTime.Plain(deadline) : "";

    public string CreateTime => WireTime.Plain(snapshot.CreateTime);

    public string LatestModifyTime => WireTime.WithOffset(snapshot.ModifyTime);

    public string SnapshotType { get; } = snapshot.IsForeign ? "SHARED_SNAPSHOT" : "PRIVATE_SNAPSHOT";

    public string SnapshotMode { get; } = "INSTANT_SNAPSHOT";

    public int ShareReference => snapshot.ShareCount;

    public string TimeStartShare => snapshot.ShareStartTime is { } start ? WireTime.Day(start) : "";

    public bool CopyFromRemote => snapshot.CopySourceId.Length > 0;

    public IReadOnlyList<string> CopyingToRegions => snapshot.CopyingToRegions;

    /// <summary>Always empty: there are no machine images here.</summary>
    public IReadOnlyList<string> Images { get; } = [];

    public int ImageCount { get; }

    public bool IsLocked => snapshot.IsLocked;

    public string AutoSnapshotPolicyId => snapshot.PolicyId;

    public IReadOnlyList<Tag> Tags => snapshot.Tags;

    /// <summary>Extension: manual, policy, safety, group, copy or backup.</summary>
    public string Origin => snapshot.Origin;

    /// <summary>Extension: crash, filesystem or application.</summary>
    public string Consistency => snapshot.Consistency;

    /// <summary>Extension: the group that it was cut with; empty when alone.</summary>
    public string SnapshotGroupId => snapshot.GroupId;

    /// <summary>Extension: what it is a copy of; empty when it is none.</summary>
    public string CopySourceId => snapshot.CopySourceId;

    /// <summary>Extension: when it was deleted, of one that can be brought back; empty otherwise.</summary>
    public string DeletedTime => snapshot.DeletedTime is { } deleted ? WireTime.Plain(deleted) : "";
}
