namespace Tidemark.Disks.Types;

/// <summary>Which disk configurations are asked for; null or empty stands for all.</summary>
public sealed record DiskConfigQuery
{
    /// <summary>Disks alone.</summary>
    public const string DisksAlone = "INQUIRY_CBS_CONFIG";

    /// <summary>Disks together with kinds of instances.</summary>
    public const string WithInstances = "INQUIRY_CVM_CONFIG";

    /// <summary><see cref="DisksAlone"/> or <see cref="WithInstances"/>; required.</summary>
    public string? InquiryType { get; init; }

    /// <summary>One of <see cref="ChargeType"/>; prepaid and postpaid when not given.</summary>
    public string? ChargeType { get; init; }

    /// <summary>Kinds of instances, for example <c>S5</c>; named in the answer only.</summary>
    public IReadOnlyList<string>? InstanceFamilies { get; init; }

    /// <summary>Disk types.</summary>
    public IReadOnlyList<string>? DiskTypes { get; init; }

    /// <summary>Zones of the region.</summary>
    public IReadOnlyList<string>? Zones { get; init; }

    /// <summary>One of <see cref="Disks.DiskUsage"/>.</summary>
    public string? DiskUsage { get; init; }

    /// <summary>Processors of the instance.</summary>
    public long? CpuCount { get; init; }

    /// <summary>Memory of the instance in GiB.</summary>
    public long? MemoryGiB { get; init; }

    /// <summary>A dedicated cluster; there are none, so nothing is offered in one.</summary>
    public string? DedicatedClusterId { get; init; }
}
