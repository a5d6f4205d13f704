namespace Tidemark.Disks.Attributes;

/// <summary>What to change of disks. Names of members follow the API; null means unchanged.</summary>
public sealed record ModifyDiskAttributesRequest
{
    /// <summary>1 to 100 disks; one when the type changes.</summary>
    public IReadOnlyList<string>? DiskIds { get; init; }

    /// <summary>At most 60 bytes of UTF-8.</summary>
    public string? DiskName { get; init; }

    /// <summary>Only true: a disk becomes elastic and stays so.</summary>
    public bool? Portable { get; init; }

    /// <summary>The project; only of elastic disks.</summary>
    public long? ProjectId { get; init; }

    /// <summary>Whether it is terminated with its instance; for postpaid disks only.</summary>
    public bool? DeleteWithInstance { get; init; }

    /// <summary>A type as fast as now or faster; not together with anything else.</summary>
    public string? DiskType { get; init; }

    /// <summary>CREATE or CANCEL.</summary>
    public string? BurstPerformanceOperation { get; init; }

    /// <summary>Whether anything besides the type is to change.</summary>
    internal bool HasOthers => DiskName is not null || Portable is not null || ProjectId is not null
        || DeleteWithInstance is not null || BurstPerformanceOperation is not null;
}
