using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>A policy as the CBS API shows it, with a few extension members at the end.</summary>
/// <param name="policy">The policy.</param>
/// <param name="withDisks">False where the API leaves the lists of disks and instances empty.</param>
internal sealed class WirePolicy(SnapshotPolicy policy, bool withDisks)
{
    public string AutoSnapshotPolicyId => policy.PolicyId;

    public string AutoSnapshotPolicyName => policy.PolicyName;

    public string AutoSnapshotPolicyState { get; } = "NORMAL";

    public bool IsActivated => policy.IsActivated;

    public IReadOnlyList<WirePolicyRule> Policy { get; } = [.. policy.Rules.Select(rule => new WirePolicyRule(rule))];

    public string NextTriggerTime => Plain(policy.NextTriggerTime);

    public bool IsPermanent => policy.Retention.IsPermanent;

    public int RetentionDays => policy.Retention.Days;

    public int RetentionMonths => policy.Retention.Months;

    public int RetentionAmount => policy.Retention.Amount;

    public WireAdvancedRetention? AdvancedRetentionPolicy { get; } =
        policy.Retention.Advanced is { } advanced ? new WireAdvancedRetention(advanced) : null;

    public IReadOnlyList<string> DiskIdSet => withDisks ? policy.DiskIds : [];

    public IReadOnlyList<string> InstanceIdSet => withDisks ? policy.InstanceIds : [];

    public int IsCopyToRemote { get; }

    public string? CopyToAccountUin { get; }

    public string? CopyFromAccountUin { get; }

    public string CreateTime => WireTime.Plain(policy.CreateTime);

    public IReadOnlyList<Tag> Tags => policy.Tags;

    /// <summary>Extension: the hour of the newest run; empty before the first.</summary>
    public string LastTriggerTime => Plain(policy.LastTriggerTime);

    /// <summary>Extension: runs in a row that made no snapshot.</summary>
    public int FailureCount => policy.FailureCount;

    /// <summary>Extension: why the policy suspended itself; empty when it did not.</summary>
    public string SuspendReason => policy.SuspendReason;

    /// <summary>Extension: schedule and retention in plain sentences.</summary>
    public string Description { get; } =
        PolicyDescription.Of(policy.Rules, policy.Retention, policy.CreateTime);

    private static string Plain(DateTimeOffset? time) => time is { } present ? WireTime.Plain(present) : "";
}
