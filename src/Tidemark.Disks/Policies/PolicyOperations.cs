using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Policies;

/// <summary>
/// What can be done with snapshot policies. Every refusal is a <see cref="DomainException"/>; every change leaves an
/// audit event.
/// </summary>
public sealed class PolicyOperations
{
    private const int DeleteMax = 100;
    private const int InstancesMax = 100;

    // Each run that is foreseen looks at all of them.
    private const int ForecastMax = 1000;

    private readonly DomainParts _parts;
    private readonly PolicyScheduler _scheduler;
    private readonly PolicyBinding _binding;

    internal PolicyOperations(DomainParts parts, SnapshotOperations snapshots)
    {
        _parts = parts;
        _scheduler = new PolicyScheduler(parts, snapshots);
        _binding = new PolicyBinding(parts);
    }

    /// <summary>Makes a policy; it runs from its next hour on, once disks are bound.</summary>
    /// <returns>The policy.</returns>
    public SnapshotPolicy Create(CreatePolicyRequest request, Caller caller) => _parts.Audited.Run(
        caller, "CreateAutoSnapshotPolicy", request.PolicyName ?? string.Empty, () =>
        {
            var policy = Plan(request, caller);
            _parts.Commit(rows =>
            {
                _parts.Quotas.CheckPolicies(rows.Rows, policy.Scope, 1);
                _parts.Quotas.CheckTags(rows.Rows, policy.Scope, policy.Tags.Count);
                PolicyTable.Put(rows, policy);
                TagTable.Put(rows, policy.PolicyId, policy.Tags);
                _parts.Events.Add(rows, caller, "CreateAutoSnapshotPolicy", policy.PolicyId);
            });
            return policy;
        });

    /// <summary>When a policy made of this now would run first; makes nothing.</summary>
    public DateTimeOffset FirstRun(CreatePolicyRequest request, Caller caller) =>
        Plan(request, caller).Calendar.NextAfter(_parts.Now);

    /// <summary>
    /// Lists policies. Filters: auto-snapshot-policy-id, auto-snapshot-policy-name, auto-snapshot-policy-state,
    /// tag-key, tag-value, tag:KEY.
    /// </summary>
    public Page<SnapshotPolicy> List(ListQuery query, Scope? scope = null) =>
        _parts.Catalog.Read(reader => PolicyTable.List(reader, query, scope));

    /// <summary>One policy, or null.</summary>
    public SnapshotPolicy? Find(string policyId, Scope? scope = null) =>
        _parts.Catalog.Read(reader => PolicyTable.Find(reader, policyId, scope));

    /// <summary>The policies that a disk is bound to; none for a disk that is not there.</summary>
    public IReadOnlyList<SnapshotPolicy> OfDisk(string diskId, Scope? scope = null)
    {
        RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
        return _parts.Catalog.Read(reader =>
            DiskTable.Find(reader, diskId, scope) is null ? [] : PolicyTable.OfDisk(reader, diskId, scope));
    }

    /// <summary>Changes what the request names; takes effect at once.</summary>
    public void Modify(ModifyPolicyRequest request, Caller caller) => _parts.Audited.Run(
        caller, "ModifyAutoSnapshotPolicyAttribute", request.PolicyId ?? string.Empty, () =>
        {
            var id = RequestRules.Id(request.PolicyId, "AutoSnapshotPolicyId", Identifiers.PolicyPrefix);
            _parts.Commit(rows =>
            {
                PolicyTable.Put(rows, Change(PolicyTable.Get(rows.Rows, id, caller.Scope), request));
                _parts.Events.Add(rows, caller, "ModifyAutoSnapshotPolicyAttribute", id);
            });
            return id;
        });

    /// <summary>Deletes policies, all or none (1 to 100 ids); their snapshots keep their own deadlines.</summary>
    public void Delete(IReadOnlyList<string> policyIds, Caller caller) => _parts.Audited.Run(
        caller, "DeleteAutoSnapshotPolicies", string.Join(',', policyIds), () =>
        {
            var ids = RequestRules.Ids(policyIds, "AutoSnapshotPolicyIds", Identifiers.PolicyPrefix, DeleteMax);
            _parts.Commit(rows =>
            {
                foreach (var id in ids)
                {
                    PolicyTable.Get(rows.Rows, id, caller.Scope);
                    PolicyTable.Delete(rows, id);
                }

                _parts.Events.Add(rows, caller, "DeleteAutoSnapshotPolicies", string.Join(',', ids));
            });
            return ids;
        });

    /// <summary>
    /// Binds disks, all or none (1 to 80 ids). Refused when one is bound already, in the recycle bin, or has ten
    /// policies, or when the policy would have more than 200 disks.
    /// </summary>
    public void Bind(string policyId, IReadOnlyList<string>? diskIds, Caller caller) => _parts.Audited.Run(
        caller, "BindAutoSnapshotPolicy", policyId, () => _binding.Bind(policyId, diskIds, caller));

    /// <summary>Unbinds disks, and those attached to instances; what is not bound is passed over.</summary>
    /// <param name="policyId">The policy.</param>
    /// <param name="diskIds">Disks that exist, at most 200; may be empty when there are instances.</param>
    /// <param name="instanceIds">Instances, at most 100.</param>
    /// <param name="caller">On whose behalf.</param>
    public void Unbind(
        string policyId, IReadOnlyList<string>? diskIds, IReadOnlyList<string>? instanceIds, Caller caller) =>
        _parts.Audited.Run(caller, "UnbindAutoSnapshotPolicy", policyId, () =>
        {
            if (diskIds is not { Count: > 0 } && instanceIds is not { Count: > 0 })
                throw new DomainException(ErrorCode.MissingParameter, "Give DiskIds or InstanceIds.");
            var instances = instanceIds is { Count: > 0 }
                ? RequestRules.Ids(instanceIds, "InstanceIds", Identifiers.InstancePrefix, InstancesMax)
                : [];
            return _binding.Unbind(policyId, diskIds ?? [], instances, caller);
        });

    /// <summary>What a policy will do, as if it were activated: existing, or as a request describes one.</summary>
    public PolicyOutlook Forecast(PolicyForecastRequest request, Caller caller)
    {
        var now = _parts.Now;
        var dayCount = (int)RequestRules.Number(
            request.DayCount, "Days", 1, PolicyForecastRequest.DaysMax, PolicyForecastRequest.DaysMax);
        var (policy, existing) = _parts.Catalog.Read(reader =>
        {
            var subject = Subject(reader, request, caller);
            return (subject, Existing(reader, subject, request.DiskId, caller));
        });
        return new PolicyOutlook(
            PolicyDescription.Of(policy.Rules, policy.Retention, policy.CreateTime),
            policy.Calendar.NextRuns(now, PolicyOutlook.RunCount),
            PolicyForecast.Of(policy.Calendar, policy.Retention, existing, now, dayCount));
    }

    /// <summary>Runs the policies that are due; called by the clock.</summary>
    /// <returns>Whether more of them wait.</returns>
    internal bool RunDue() => _scheduler.RunDue();

    private static IReadOnlyList<ForecastSnapshot> Existing(
        CatalogReader reader, SnapshotPolicy policy, string? diskId, Caller caller)
    {
        if (string.IsNullOrEmpty(diskId))
            return [];
        RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
        return PolicySnapshots.Newest(
            reader, policy.PolicyId, DiskTable.Get(reader, diskId, caller.Scope).DiskId, ForecastMax);
    }

    private SnapshotPolicy Subject(CatalogReader reader, PolicyForecastRequest request, Caller caller)
    {
        if (string.IsNullOrEmpty(request.PolicyId))
            return Plan(new CreatePolicyRequest { Rules = request.Rules, Retention = request.Retention }, caller);
        var id = RequestRules.Id(request.PolicyId, "AutoSnapshotPolicyId", Identifiers.PolicyPrefix);
        return Change(
            PolicyTable.Get(reader, id, caller.Scope),
            new ModifyPolicyRequest { Rules = request.Rules, Retention = request.Retention });
    }

    private SnapshotPolicy Plan(CreatePolicyRequest request, Caller caller)
    {
        var home = _parts.Options.HomeOf(caller);
        var policy = new SnapshotPolicy
        {
            PolicyId = _parts.Catalog.Read(reader => _parts.Identifiers.Draw(
                Identifiers.PolicyPrefix, id => PolicyTable.IsTaken(reader, id))),
            PolicyName = RequestRules.Name(request.PolicyName, "AutoSnapshotPolicyName"),
            AccountId = home.AccountId,
            Region = home.Region,
            IsActivated = request.IsActivated ?? true,
            Rules = PolicyRequestRules.Schedule(request.Rules),
            Retention = PolicyRequestRules.Retention(
                request.Retention, PolicyRetention.Usual, ErrorCode.InvalidParameterValue),
            CreateTime = _parts.Now,
            Tags = RequestRules.Tags(request.Tags),
        };
        return policy with { NextTriggerTime = policy.IsActivated ? policy.Calendar.NextAfter(_parts.Now) : null };
    }

    private SnapshotPolicy Change(SnapshotPolicy policy, ModifyPolicyRequest request)
    {
        var changed = policy with
        {
            PolicyName = request.PolicyName is null
                ? policy.PolicyName
                : RequestRules.Name(request.PolicyName, "AutoSnapshotPolicyName"),
            Rules = request.Rules is null ? policy.Rules : PolicyRequestRules.Schedule(request.Rules),
            Retention = PolicyRequestRules.Retention(
                request.Retention, policy.Retention, ErrorCode.InvalidParameter),
            IsActivated = request.IsActivated ?? policy.IsActivated,
        };
        if (!changed.IsActivated)
            return changed with { NextTriggerTime = null };
        // A run that is due and not begun is dropped only by another schedule.
        var next = policy.IsActivated && request.Rules is null ? policy.NextTriggerTime : null;
        return changed with
        {
            NextTriggerTime = next ?? changed.Calendar.NextAfter(_parts.Now),
            FailureCount = policy.IsActivated ? policy.FailureCount : 0,
            SuspendReason = string.Empty,
        };
    }
}
