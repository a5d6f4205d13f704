namespace Tidemark.Disks.Instances;

/// <summary>A host to register, or to know more of. Null means not given, or as it was.</summary>
public sealed record RegisterInstanceRequest
{
    /// <summary>Its id; one is drawn when null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>At most 60 bytes; the id when null.</summary>
    public string? InstanceName { get; init; }

    /// <summary>A zone of the region; the default one when null.</summary>
    public string? Zone { get; init; }

    /// <summary>Its address in the private network.</summary>
    public string? Address { get; init; }
}
