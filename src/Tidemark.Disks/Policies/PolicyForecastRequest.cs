namespace Tidemark.Disks.Policies;

/// <summary>What a forecast is asked for: a policy, a policy with changes, or one that does not exist yet.</summary>
public sealed record PolicyForecastRequest
{
    /// <summary>The most days of a forecast, and as many as there are when nothing is said.</summary>
    public const int DaysMax = 60;

    /// <summary>The policy; null for one that does not exist.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The disk whose snapshots are looked at; none exist when null.</summary>
    public string? DiskId { get; init; }

    /// <summary>The schedule, instead of the policy's.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; init; }

    /// <summary>How long snapshots stay, instead of the policy's way.</summary>
    public RetentionRequest Retention { get; init; } = new();

    /// <summary>Days, today included: 1 to 60; 60 when null.</summary>
    public long? DayCount { get; init; }
}
