namespace Tidemark.Disks.Policies;

/// <summary>What a policy is made from; null means not given.</summary>
public sealed record CreatePolicyRequest
{
    /// <summary>At most 60 bytes; <c>unnamed</c> when null or empty.</summary>
    public string? PolicyName { get; init; }

    /// <summary>The schedule: 1 to 10 rules; required.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; init; }

    /// <summary>Whether it runs from the start; it does when null.</summary>
    public bool? IsActivated { get; init; }

    /// <summary>How long its snapshots stay; seven days when nothing is given.</summary>
    public RetentionRequest Retention { get; init; } = new();

    /// <summary>Labels; at most 50, keys unique.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }
}
