using Tidemark.Disks;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>A disk of an instance as the CVM API shows it.</summary>
internal sealed class WireDataDisk(Disk disk)
{
    /// <summary>In GiB.</summary>
    public long DiskSize => disk.DiskSizeGiB;

    public string DiskType => disk.DiskType;

    public string DiskId => disk.DiskId;

    public bool DeleteWithInstance => disk.DeleteWithInstance;

    public string SnapshotId => disk.SourceSnapshotId ?? "";

    public bool Encrypt { get; }

    public long ThroughputPerformance => disk.ThroughputPerformance;

    public bool BurstPerformance => disk.BurstPerformance;
}
