using System.Globalization;
using Tidemark.Catalog;

namespace Tidemark.Disks.Policies;

/// <summary>Binds disks to policies and unbinds them; all of a request in one transaction, or none.</summary>
internal sealed class PolicyBinding(DomainParts parts)
{
    private const int BindMax = 80;
    private const int DisksMax = 200;
    private const int PoliciesOfDiskMax = 10;

    /// <summary>Binds disks.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<string> Bind(string policyId, IReadOnlyList<string>? diskIds, Caller caller)
    {
        RequestRules.Id(policyId, "AutoSnapshotPolicyId", Identifiers.PolicyPrefix);
        var ids = RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, BindMax);
        parts.Commit(rows =>
        {
            var policy = PolicyTable.Get(rows.Rows, policyId, caller.Scope);
            foreach (var id in ids)
                RequireBindable(rows.Rows, policy, id, caller);
            if (policy.DiskIds.Count + ids.Count > DisksMax)
            {
                throw TooMany(string.Create(CultureInfo.InvariantCulture,
                    $"Policy {policyId} has {policy.DiskIds.Count} of {DisksMax} disks; {ids.Count} more are too many.")
                    + " Make another policy for them.");
            }

            foreach (var id in ids)
                PolicyBindings.Put(rows, policyId, id, parts.Now);
            parts.Events.Add(rows, caller, "BindAutoSnapshotPolicy", $"{policyId},{string.Join(',', ids)}");
        });
        return ids;
    }

    /// <summary>Unbinds disks, and those that are attached to instances.</summary>
    /// <returns>The ids of all of them, bound or not.</returns>
    public IReadOnlyList<string> Unbind(
        string policyId, IReadOnlyList<string> diskIds, IReadOnlyList<string> instanceIds, Caller caller)
    {
        RequestRules.Id(policyId, "AutoSnapshotPolicyId", Identifiers.PolicyPrefix);
        var ids = diskIds.Count > 0 ? RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax) : [];
        List<string> unbound = [];
        parts.Commit(rows =>
        {
            var policy = PolicyTable.Get(rows.Rows, policyId, caller.Scope);
            foreach (var id in ids)
                DiskTable.Get(rows.Rows, id, caller.Scope);
            unbound = [.. ids.Union(PolicyBindings.OnInstances(rows.Rows, instanceIds, policy.Scope))];
            foreach (var id in unbound)
                PolicyBindings.Delete(rows, policyId, id);
            parts.Events.Add(rows, caller, "UnbindAutoSnapshotPolicy", $"{policyId},{string.Join(',', unbound)}");
        });
        return unbound;
    }

    private static void RequireBindable(CatalogReader reader, SnapshotPolicy policy, string diskId, Caller caller)
    {
        var disk = DiskTable.Get(reader, diskId, caller.Scope);
        if (disk.AccountId != policy.AccountId || disk.Region != policy.Region)
            throw DiskTable.NotFound(diskId);
        if (disk.DiskState == DiskState.ToRecycle)
        {
            throw new DomainException(ErrorCode.DiskNotSupported,
                $"Disk {diskId} is in the recycle bin; no snapshots are taken of it.");
        }

        if (PolicyBindings.Exists(reader, policy.PolicyId, diskId))
        {
            throw new DomainException(ErrorCode.DiskAlreadyBound,
                $"Disk {diskId} is bound to policy {policy.PolicyId} already; leave it out.");
        }

        if (PolicyBindings.CountOfDisk(reader, diskId) is var count && count >= PoliciesOfDiskMax)
        {
            throw TooMany(string.Create(CultureInfo.InvariantCulture,
                $"Disk {diskId} has {count} of {PoliciesOfDiskMax} policies; unbind it from one first."));
        }
    }

    private static DomainException TooMany(string message) => new(ErrorCode.BindDiskLimitExceeded, message);
}
