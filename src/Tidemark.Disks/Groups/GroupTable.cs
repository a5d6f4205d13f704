using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Groups;

/// <summary>Groups in the catalog. A group is there as long as one of its members is.</summary>
internal static class GroupTable
{
    private const string MemberFilter = "snapshot-id";
    private const string IdFilter = "snapshot-group-id";

    private const string HasMembers =
        "EXISTS (SELECT 1 FROM snapshots WHERE snapshots.group_id = snapshot_groups.group_id " +
        "AND snapshots.group_id <> '' AND snapshots.deleted_ms IS NULL)";

    private static readonly ListKind Kind = new("group_id", Identifiers.GroupPrefix, "SnapshotGroupIds");

    private static readonly FilterRules Filters = new(
        "group_id",
        new Dictionary<string, string>
        {
            [IdFilter] = "group_id",
            ["snapshot-group-state"] = "state",
            ["snapshot-group-name"] = "name",
        },
        new Dictionary<string, string>(),
        new Dictionary<string, string?>());

    /// <summary>Writes a group's row. Members and labels are written apart.</summary>
    public static void Put(SqlTransaction transaction, SnapshotGroup group) => transaction.Put(
        CatalogTables.SnapshotGroups,
        group.GroupId, group.AccountId, group.Region, group.GroupName, group.GroupState, group.Percent, group.PolicyId,
        Timestamps.ToColumn(group.CreateTime), Timestamps.ToColumn(group.ModifyTime),
        Timestamps.ToColumn(group.DeadlineTime));

    /// <summary>
    /// To be called before a snapshot's row is removed: its group, if it has one, goes with the last member.
    /// </summary>
    public static void Leave(SqlTransaction transaction, string snapshotId)
    {
        var groupId = transaction.Rows.First<string>(
            "SELECT group_id FROM snapshots WHERE snapshot_id = @snapshotId", new { snapshotId });
        if (string.IsNullOrEmpty(groupId))
            return;
        var others = transaction.Rows.Number(
            "SELECT count(*) FROM snapshots WHERE group_id = @groupId AND group_id <> '' " +
            "AND snapshot_id <> @snapshotId", new { groupId, snapshotId });
        if (others > 0)
            return;
        transaction.Delete(CatalogTables.SnapshotGroups, groupId);
        TagTable.Delete(transaction, groupId);
    }

    /// <summary>One group that is there, or null; with a scope, only when it is of that scope.</summary>
    public static SnapshotGroup? Find(CatalogReader reader, string groupId, Scope? scope = null)
    {
        var row = reader.First<Row>(
            $"SELECT * FROM snapshot_groups WHERE group_id = @groupId AND {HasMembers}", new { groupId });
        return row is null || !row.IsIn(scope) ? null : Complete(reader, [row])[0];
    }

    /// <summary>One group that must be there.</summary>
    public static SnapshotGroup Get(CatalogReader reader, string groupId, Scope? scope = null) =>
        Find(reader, groupId, scope) ?? throw NotFound(groupId);

    /// <summary>The members that are still there, in the order of the disks at creation.</summary>
    public static IReadOnlyList<Snapshot> Members(CatalogReader reader, SnapshotGroup group) =>
        [.. group.SnapshotIds.Select(id => SnapshotTable.Get(reader, id))];

    /// <summary>Whether an id was given to a group.</summary>
    public static bool IsTaken(CatalogReader reader, string groupId) => reader.Number(
        "SELECT (SELECT count(*) FROM snapshot_groups WHERE group_id = @groupId) + " +
        "(SELECT count(*) FROM snapshots WHERE group_id = @groupId AND group_id <> '')", new { groupId }) > 0;

    /// <summary>Ids of groups of which a rollback was accepted and is not finished.</summary>
    public static IReadOnlyList<string> RollingBack(CatalogReader reader, int countMax) => reader.Query<string>(
        "SELECT group_id FROM snapshot_groups WHERE state = @state ORDER BY group_id LIMIT @countMax",
        new { state = SnapshotState.RollingBack, countMax });

    /// <summary>A page of groups.</summary>
    public static Page<SnapshotGroup> List(CatalogReader reader, ListQuery query, Scope? scope = null)
    {
        var filters = query.Filters?.Select(filter => filter.Name == MemberFilter ? ByMember(reader, filter) : filter);
        var plan = new ListPlan(
            query with { Filters = filters?.ToList() }, "snapshot_groups", Kind, Filters, hasDeadlineOrder: false);
        plan.Require(HasMembers);
        plan.RequireScope(scope);
        return new Page<SnapshotGroup>(plan.Count(reader), Complete(reader, plan.Rows<Row>(reader)));
    }

    /// <summary>The refusal of an unknown id; the API documents the code of snapshots for groups as well.</summary>
    public static DomainException NotFound(string groupId) => new(
        ErrorCode.SnapshotNotFound, $"There is no snapshot group {groupId}. List groups to see those that exist.");

    private static Filter ByMember(CatalogReader reader, Filter filter) => new(IdFilter, reader.Query<string>(
        "SELECT DISTINCT group_id FROM snapshots WHERE snapshot_id IN @ids AND group_id <> '' AND deleted_ms IS NULL",
        new { ids = filter.Values }));

    private static List<SnapshotGroup> Complete(CatalogReader reader, IReadOnlyList<Row> rows)
    {
        string[] ids = [.. rows.Select(row => row.GroupId)];
        // Members are numbered by name; longer numbers are larger ones.
        var members = reader.Query<MemberRow>(
            "SELECT group_id, snapshot_id, disk_usage FROM snapshots WHERE group_id IN @ids AND group_id <> '' " +
            "AND deleted_ms IS NULL ORDER BY length(name), name, snapshot_id", new { ids })
            .ToLookup(row => row.GroupId, StringComparer.Ordinal);
        return [.. rows.Select(row => row.ToGroup([.. members[row.GroupId]]))];
    }

    private sealed class MemberRow
    {
        public string GroupId { get; init; } = string.Empty;

        public string SnapshotId { get; init; } = string.Empty;

        public string DiskUsage { get; init; } = string.Empty;
    }

    private sealed class Row
    {
        public string GroupId { get; init; } = string.Empty;

        public string AccountId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public string State { get; init; } = string.Empty;

        public long Percent { get; init; }

        public string PolicyId { get; init; } = string.Empty;

        public long CreatedMs { get; init; }

        public long ModifiedMs { get; init; }

        public long? DeadlineMs { get; init; }

        public bool IsIn(Scope? scope) => scope is null || (scope.AccountId == AccountId && scope.Region == Region);

        public SnapshotGroup ToGroup(IReadOnlyList<MemberRow> members) => new()
        {
            GroupId = GroupId,
            GroupName = Name,
            GroupState = State,
            Percent = (int)Percent,
            AccountId = AccountId,
            Region = Region,
            PolicyId = PolicyId,
            CreateTime = Timestamps.FromColumn(CreatedMs),
            ModifyTime = Timestamps.FromColumn(ModifiedMs),
            DeadlineTime = Timestamps.FromColumn(DeadlineMs),
            SnapshotIds = [.. members.Select(member => member.SnapshotId)],
            HasSystemDisk = members.Any(member => member.DiskUsage == DiskUsage.System),
        };
    }
}
