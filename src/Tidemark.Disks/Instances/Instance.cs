namespace Tidemark.Disks.Instances;

/// <summary>
/// A host that disks are attached to. Tidemark runs none: it knows what was registered, or what was attached to, and
/// takes people's word for whether it runs.
/// </summary>
public sealed record Instance
{
    /// <summary><c>ins-</c> or <c>eks-</c>, and eight lower-case letters or digits.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The zone; only disks of the same zone can be attached.</summary>
    public required string Zone { get; init; }

    /// <summary>At most 60 bytes of UTF-8; not unique.</summary>
    public required string InstanceName { get; init; }

    /// <summary>One of <see cref="Instances.InstanceState"/>.</summary>
    public required string InstanceState { get; init; }

    /// <summary>Its address in the private network; empty when not said.</summary>
    public string Address { get; init; } = string.Empty;

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>Disks attached to it, by id.</summary>
    public IReadOnlyList<Disk> Disks { get; init; } = [];
}
