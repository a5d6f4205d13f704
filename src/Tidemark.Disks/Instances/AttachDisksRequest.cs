namespace Tidemark.Disks.Instances;

/// <summary>Which disks to attach to which instance. Names of members follow the API; null means not given.</summary>
public sealed record AttachDisksRequest
{
    /// <summary>The instance.</summary>
    public string? InstanceId { get; init; }

    /// <summary>1 to 10 disks.</summary>
    public IReadOnlyList<string>? DiskIds { get; init; }

    /// <summary>Whether they are terminated with the instance; for postpaid disks only.</summary>
    public bool? DeleteWithInstance { get; init; }

    /// <summary>PF or VF, kept and shown only.</summary>
    public string? AttachMode { get; init; }
}
