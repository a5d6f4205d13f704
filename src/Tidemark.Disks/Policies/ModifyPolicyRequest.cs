namespace Tidemark.Disks.Policies;

/// <summary>What of a policy is to change; null means that it stays.</summary>
public sealed record ModifyPolicyRequest
{
    /// <summary>The policy; required.</summary>
    public string? PolicyId { get; init; }

    /// <summary>At most 60 bytes.</summary>
    public string? PolicyName { get; init; }

    /// <summary>The whole new schedule.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; init; }

    /// <summary>False pauses; true lets it run, also after it suspended itself.</summary>
    public bool? IsActivated { get; init; }

    /// <summary>How long snapshots made from now on stay; what looks at all of them counts older ones too.</summary>
    public RetentionRequest Retention { get; init; } = new();
}
