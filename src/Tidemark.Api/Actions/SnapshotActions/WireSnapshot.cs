using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>
/// A snapshot as the CBS API shows it; every member that clients dereference is present and not null.
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

    public string SnapshotType { get; } = "PRIVATE_SNAPSHOT";

    public string SnapshotMode { get; } = "INSTANT_SNAPSHOT";

    public int ShareReference { get; }

    public string TimeStartShare { get; } = "";

    public bool CopyFromRemote { get; }

    public IReadOnlyList<string> CopyingToRegions { get; } = [];

    /// <summary>Always empty: there are no machine images here.</summary>
    public IReadOnlyList<string> Images { get; } = [];

    public int ImageCount { get; }

    public bool IsLocked { get; }

    public IReadOnlyList<Tag> Tags => snapshot.Tags;
}
