using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>A terminated disk that can still be brought back, as DescribeDeletedDisks shows it.</summary>
internal sealed class WireDeletedDisk(Disk disk, DateTimeOffset destroyTime)
{
    public string DiskId => disk.DiskId;

    public string DiskName => disk.DiskName;

    public string DiskType => disk.DiskType;

    /// <summary>In GiB.</summary>
    public long DiskSize => disk.DiskSizeGiB;

    /// <summary>The state that it comes back in.</summary>
    public string DiskState => disk.DiskState;

    public string DiskChargeType => disk.DiskChargeType;

    public WirePlacement Placement { get; } = new(disk.Zone, disk.ProjectId);

    public IReadOnlyList<Tag> Tags => disk.Tags;

    public int SnapshotCount => disk.SnapshotCount;

    public string CreateTime => WireTime.Plain(disk.CreateTime);

    public string DeletedTime => disk.DeletedTime is { } time ? WireTime.Utc(time) : "";

    /// <summary>When it is gone for good.</summary>
    public string DestroyTime => WireTime.Utc(destroyTime);
}
