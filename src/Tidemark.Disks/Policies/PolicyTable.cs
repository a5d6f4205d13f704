using System.Text.Json;
using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Policies;

/// <summary>Policies in the catalog.</summary>
internal static class PolicyTable
{
    private static readonly ListKind Kind = new("policy_id", Identifiers.PolicyPrefix, "AutoSnapshotPolicyIds");

    private static readonly FilterRules Filters = new(
        "policy_id",
        new Dictionary<string, string>
        {
            ["auto-snapshot-policy-id"] = "policy_id",
            ["auto-snapshot-policy-name"] = "name",
        },
        new Dictionary<string, string>(),
        new Dictionary<string, string?> { ["auto-snapshot-policy-state"] = "NORMAL" });

    /// <summary>Writes a policy's row. Bindings and labels are written apart.</summary>
    public static void Put(SqlTransaction transaction, SnapshotPolicy policy) => transaction.Put(
        CatalogTables.Policies,
        policy.PolicyId, policy.AccountId, policy.Region, policy.PolicyName, policy.IsActivated,
        JsonSerializer.Serialize(policy.Rules, PolicyJson.Default.IReadOnlyListPolicyRule),
        JsonSerializer.Serialize(policy.Retention, PolicyJson.Default.PolicyRetention),
        Timestamps.ToColumn(policy.NextTriggerTime), Timestamps.ToColumn(policy.LastTriggerTime),
        policy.FailureCount, policy.SuspendReason, Timestamps.ToColumn(policy.CreateTime));

    /// <summary>Removes a policy's row, bindings and labels.</summary>
    public static void Delete(SqlTransaction transaction, string policyId)
    {
        transaction.Delete(CatalogTables.Policies, policyId);
        transaction.Delete(CatalogTables.PolicyBindings, policyId);
        TagTable.Delete(transaction, policyId);
    }

    /// <summary>One policy, or null; with a scope, only when it is of that scope.</summary>
    public static SnapshotPolicy? Find(CatalogReader reader, string policyId, Scope? scope = null)
    {
        var row = reader.First<Row>("SELECT * FROM policies WHERE policy_id = @policyId", new { policyId });
        return row is null || !row.IsIn(scope) ? null : Complete(reader, [row])[0];
    }

    /// <summary>One policy that must be there.</summary>
    public static SnapshotPolicy Get(CatalogReader reader, string policyId, Scope? scope = null) =>
        Find(reader, policyId, scope) ?? throw new DomainException(
            ErrorCode.PolicyNotFound, $"There is no policy {policyId}. List policies to see those that exist.");

    /// <summary>Whether an id was given to a policy, or snapshots still name it.</summary>
    public static bool IsTaken(CatalogReader reader, string policyId) => reader.Number(
        "SELECT (SELECT count(*) FROM policies WHERE policy_id = @policyId) + " +
        "(SELECT count(*) FROM snapshots WHERE policy_id = @policyId)", new { policyId }) > 0;

    /// <summary>How many policies a scope has.</summary>
    public static long Count(CatalogReader reader, Scope scope) => reader.Number(
        "SELECT count(*) FROM policies WHERE account_id = @AccountId AND region = @Region",
        new { scope.AccountId, scope.Region });

    /// <summary>A page of policies.</summary>
    public static Page<SnapshotPolicy> List(CatalogReader reader, ListQuery query, Scope? scope = null)
    {
        var plan = new ListPlan(query, "policies", Kind, Filters, hasDeadlineOrder: false);
        plan.RequireScope(scope);
        return new Page<SnapshotPolicy>(plan.Count(reader), Complete(reader, plan.Rows<Row>(reader)));
    }

    /// <summary>The policies that a disk is bound to, the newest first.</summary>
    public static IReadOnlyList<SnapshotPolicy> OfDisk(CatalogReader reader, string diskId, Scope? scope)
    {
        var rows = reader.Query<Row>(
            "SELECT policies.* FROM policies JOIN policy_bindings USING (policy_id) WHERE disk_id = @diskId " +
            "ORDER BY created_ms DESC, policy_id DESC",
            new { diskId });
        return Complete(reader, [.. rows.Where(row => row.IsIn(scope))]);
    }

    /// <summary>Policies that are to run at or before an instant, the longest waiting first.</summary>
    public static IReadOnlyList<SnapshotPolicy> Due(CatalogReader reader, DateTimeOffset now, int countMax) => Complete(
        reader,
        reader.Query<Row>(
            "SELECT * FROM policies WHERE is_activated = 1 AND next_trigger_ms <= @now " +
            "ORDER BY next_trigger_ms, policy_id LIMIT @countMax",
            new { now = now.ToUnixTimeMilliseconds(), countMax }));

    private static List<SnapshotPolicy> Complete(CatalogReader reader, IReadOnlyList<Row> rows)
    {
        string[] ids = [.. rows.Select(row => row.PolicyId)];
        var tags = TagTable.Load(reader, ids);
        var disks = PolicyBindings.Load(reader, ids);
        return [.. rows.Select(row => row.ToPolicy() with
        {
            Tags = [.. tags[row.PolicyId]],
            DiskIds = [.. disks[row.PolicyId].Select(disk => disk.DiskId)],
            InstanceIds =
            [
                .. disks[row.PolicyId].Select(disk => disk.InstanceId).Where(id => id.Length > 0).Distinct()
                    .Order(StringComparer.Ordinal),
            ],
        })];
    }

    private sealed class Row
    {
        public string PolicyId { get; init; } = string.Empty;

        public string AccountId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public bool IsActivated { get; init; }

        public string Schedule { get; init; } = string.Empty;

        public string Retention { get; init; } = string.Empty;

        public long? NextTriggerMs { get; init; }

        public long? LastTriggerMs { get; init; }

        public long FailureCount { get; init; }

        public string SuspendReason { get; init; } = string.Empty;

        public long CreatedMs { get; init; }

        public bool IsIn(Scope? scope) => scope is null || (scope.AccountId == AccountId && scope.Region == Region);

        public SnapshotPolicy ToPolicy() => new()
        {
            PolicyId = PolicyId,
            PolicyName = Name,
            AccountId = AccountId,
            Region = Region,
            IsActivated = IsActivated,
            Rules = JsonSerializer.Deserialize(Schedule, PolicyJson.Default.IReadOnlyListPolicyRule) ?? [],
            Retention = JsonSerializer.Deserialize(Retention, PolicyJson.Default.PolicyRetention)
                ?? PolicyRetention.Usual,
            NextTriggerTime = Timestamps.FromColumn(NextTriggerMs),
            LastTriggerTime = Timestamps.FromColumn(LastTriggerMs),
            FailureCount = (int)FailureCount,
            SuspendReason = SuspendReason,
            CreateTime = Timestamps.FromColumn(CreatedMs),
        };
    }
}
