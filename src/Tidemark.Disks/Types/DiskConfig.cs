namespace Tidemark.Disks.Types;

/// <summary>One disk configuration: what may be created where, and in which sizes.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="DiskType">The type.</param>
/// <param name="DiskUsage">One of <see cref="Disks.DiskUsage"/>.</param>
/// <param name="ChargeType">One of <see cref="Disks.ChargeType"/>.</param>
/// <param name="InstanceFamily">The kind of instance asked about; null when disks alone were asked for.</param>
public sealed record DiskConfig(
    string Zone, string DiskType, string DiskUsage, string ChargeType, string? InstanceFamily)
{
    /// <summary>Whether such a disk can be created.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>The smallest disk in GiB.</summary>
    public required long GiBMin { get; init; }

    /// <summary>The largest disk in GiB.</summary>
    public required long GiBMax { get; init; }

    /// <summary>Sizes are multiples of it, in GiB.</summary>
    public required long StepGiB { get; init; }

    /// <summary>Extra throughput at most, in MiB a second; 0 when none.</summary>
    public required long ExtraMiBMax { get; init; }
}
