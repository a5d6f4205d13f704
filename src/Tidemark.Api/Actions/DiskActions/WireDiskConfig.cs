using Tidemark.Api.Actions.PriceActions;
using Tidemark.Disks;
using Tidemark.Disks.Types;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>A disk configuration as the CBS API shows it. Clients take the first available row of their type.</summary>
internal sealed class WireDiskConfig(DiskConfig config)
{
    public bool Available => config.IsAvailable;

    public string DiskType => config.DiskType;

    public long MinDiskSize => config.GiBMin;

    public long MaxDiskSize => config.GiBMax;

    public long StepSize => config.StepGiB;

    public string DiskUsage => config.DiskUsage;

    public string DiskChargeType => config.ChargeType;

    public string Zone => config.Zone;

    public string? InstanceFamily => config.InstanceFamily;

    public string? DeviceClass { get; }

    /// <summary>The least and the most MiB/s of extra throughput; null for types that take none.</summary>
    public IReadOnlyList<long>? ExtraPerformanceRange => config.ExtraMiBMax > 0 ? [0, config.ExtraMiBMax] : null;

    public WirePrice Price => new(config.ChargeType == ChargeType.Prepaid);
}
