using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Groups;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Sharing;

namespace Tidemark.Disks.Snapshots;

/// <summary>Snapshots in the catalog.</summary>
internal static class SnapshotTable
{
    private const int DiskIdValuesMax = 10;

    // What a snapshot is to the viewer; the server itself owns all.
    private const string TypeSql =
        "(CASE WHEN @viewer IS NULL OR account_id = @viewer THEN 'PRIVATE_SNAPSHOT' ELSE 'SHARED_SNAPSHOT' END)";

    private const string SharedSql =
        "(account_id <> @viewer AND region = @viewerRegion AND state = 'NORMAL' AND snapshot_id IN " +
        "(SELECT snapshot_id FROM snapshot_shares WHERE account_id = @viewer))";

    private const string CopyingSql =
        "copy_source_id <> '' AND deleted_ms IS NULL AND state IN ('COPYING_FROM_REMOTE', 'CHECKING_COPIED')";

    private static readonly ListKind Kind = new("snapshot_id", Identifiers.SnapshotPrefix, "SnapshotIds");

    private static readonly FilterRules Filters = new(
        "snapshot_id",
        new Dictionary<string, string>
        {
            ["snapshot-id"] = "snapshot_id",
            ["snapshot-name"] = "name",
            ["snapshot-state"] = "state",
            ["disk-usage"] = "disk_usage",
            ["disk-id"] = "disk_id",
            ["zone"] = "zone",
            ["snapshot-type"] = TypeSql,
        },
        new Dictionary<string, string> { ["project-id"] = "project_id" },
        new Dictionary<string, string?> { ["encrypt"] = "FALSE" });

    /// <summary>Writes a snapshot's row. Labels are written apart.</summary>
    public static void Put(SqlTransaction transaction, Snapshot snapshot) => transaction.Put(
        CatalogTables.Snapshots,
        snapshot.SnapshotId, snapshot.SnapshotName, snapshot.DiskId, snapshot.LayerId, snapshot.DiskSizeGiB,
        snapshot.DiskUsage, snapshot.SnapshotState, snapshot.Percent, snapshot.Zone, snapshot.ProjectId,
        Timestamps.ToColumn(snapshot.CreateTime), Timestamps.ToColumn(snapshot.ModifyTime),
        Timestamps.ToColumn(snapshot.DeadlineTime), snapshot.AccountId, snapshot.Region, snapshot.Origin,
        snapshot.GroupId, snapshot.PolicyId, snapshot.CopySourceId, snapshot.IsLocked, snapshot.Consistency,
        Timestamps.ToColumn(snapshot.DeletedTime));

    /// <summary>Removes a snapshot's row, its labels and shares, and with the last member its group.</summary>
    public static void Delete(SqlTransaction transaction, string snapshotId)
    {
        GroupTable.Leave(transaction, snapshotId);
        ShareTable.Delete(transaction, snapshotId);
        transaction.Delete(CatalogTables.Snapshots, snapshotId);
        TagTable.Delete(transaction, snapshotId);
    }

    /// <summary>One snapshot that is there, or null; with a scope, only when it is of that scope.</summary>
    public static Snapshot? Find(CatalogReader reader, string snapshotId, Scope? scope = null)
    {
        var row = reader.First<Row>(
            "SELECT * FROM snapshots WHERE snapshot_id = @snapshotId AND deleted_ms IS NULL", new { snapshotId });
        return row is null || !row.IsIn(scope) ? null : Complete(reader, [row], scope)[0];
    }

    /// <summary>
    /// One snapshot that new disks may be made from, or null: of the scope, or shared with its account and complete.
    /// </summary>
    public static Snapshot? FindUsable(CatalogReader reader, string snapshotId, Scope? scope)
    {
        var own = Find(reader, snapshotId, scope);
        if (own is not null || scope is null)
            return own;
        var row = reader.First<Row>(
            "SELECT * FROM snapshots WHERE snapshot_id = @snapshotId AND deleted_ms IS NULL AND " + SharedSql,
            new { snapshotId, viewer = scope.AccountId, viewerRegion = scope.Region });
        return row is null ? null : Complete(reader, [row], scope)[0];
    }

    /// <summary>One snapshot that was deleted and is still kept, or null.</summary>
    public static Snapshot? FindDeleted(CatalogReader reader, string snapshotId, Scope? scope = null)
    {
        var row = reader.First<Row>(
            "SELECT * FROM snapshots WHERE snapshot_id = @snapshotId AND deleted_ms IS NOT NULL", new { snapshotId });
        return row is null || !row.IsIn(scope) ? null : Complete(reader, [row], scope)[0];
    }

    /// <summary>Snapshots that were deleted at or before a time, the first deleted first.</summary>
    public static IReadOnlyList<Snapshot> DeletedBefore(CatalogReader reader, DateTimeOffset time, int countMax) =>
        Complete(
            reader,
            reader.Query<Row>(
                "SELECT * FROM snapshots WHERE deleted_ms <= @time ORDER BY deleted_ms LIMIT @countMax",
                new { time = time.ToUnixTimeMilliseconds(), countMax }),
            null);

    /// <summary>One snapshot that must be there.</summary>
    public static Snapshot Get(CatalogReader reader, string snapshotId, Scope? scope = null) =>
        Find(reader, snapshotId, scope) ?? throw NotFound(snapshotId);

    /// <summary>Whether an id was given to a snapshot.</summary>
    public static bool IsTaken(CatalogReader reader, string snapshotId) => reader.Number(
        "SELECT count(*) FROM snapshots WHERE snapshot_id = @snapshotId", new { snapshotId }) > 0;

    /// <summary>A page of snapshots: the scope's own, and those shared with its account; or its deleted ones.</summary>
    public static Page<Snapshot> List(
        CatalogReader reader, ListQuery query, Scope? scope = null, bool isDeleted = false)
    {
        foreach (var filter in query.Filters ?? [])
        {
            if (filter.Name == "disk-id" && filter.Values.Count > DiskIdValuesMax)
            {
                throw new DomainException(ErrorCode.TooManyValues,
                    $"The filter disk-id has {filter.Values.Count} values; at most {DiskIdValuesMax} are accepted.");
            }
        }

        var plan = new ListPlan(query, "snapshots", Kind, Filters, hasDeadlineOrder: false);
        plan.Require(isDeleted ? "deleted_ms IS NOT NULL" : "deleted_ms IS NULL");
        // Whoever a snapshot is shared with does not see its labels, so must not find it by them either.
        var hasAlternative = scope is not null && !isDeleted && !(query.Filters ?? []).Any(FilterRules.IsOnTags);
        // Looked at first, because a list without the alternative is read in order from an index.
        var hasShares = hasAlternative && reader.Number(
            "SELECT EXISTS (SELECT 1 FROM snapshot_shares WHERE account_id = @AccountId)", scope) > 0;
        plan.RequireVisible(scope, hasShares ? SharedSql : null);
        return new Page<Snapshot>(plan.Count(reader), Complete(reader, plan.Rows<Row>(reader), scope));
    }

    /// <summary>All snapshots of a disk, oldest first, at most <paramref name="countMax"/>.</summary>
    public static IReadOnlyList<Snapshot> OfDisk(CatalogReader reader, string diskId, int countMax) => Complete(
        reader,
        reader.Query<Row>(
            "SELECT * FROM snapshots WHERE disk_id = @diskId AND deleted_ms IS NULL " +
            "ORDER BY created_ms, snapshot_id LIMIT @countMax",
            new { diskId, countMax }),
        null);

    /// <summary>The layers that a disk's snapshots name, in order.</summary>
    public static IReadOnlyList<long> LayersOfDisk(CatalogReader reader, string diskId) => reader.Query<long>(
        "SELECT layer_id FROM snapshots WHERE disk_id = @diskId AND deleted_ms IS NULL ORDER BY layer_id",
        new { diskId });

    /// <summary>
    /// Ids of snapshots whose deadline has passed and that may be deleted, the longest passed first.
    /// </summary>
    public static IReadOnlyList<string> Expired(CatalogReader reader, DateTimeOffset now, int countMax) =>
        reader.Query<string>(
            "SELECT snapshot_id FROM snapshots WHERE deadline_ms IS NOT NULL AND deadline_ms <= @now " +
            "AND is_locked = 0 AND deleted_ms IS NULL AND state = 'NORMAL' " +
            "AND snapshot_id NOT IN (SELECT snapshot_id FROM snapshot_shares) " +
            $"AND snapshot_id NOT IN (SELECT copy_source_id FROM snapshots WHERE {CopyingSql}) " +
            "ORDER BY deadline_ms LIMIT @countMax",
            new { now = now.ToUnixTimeMilliseconds(), countMax });

    /// <summary>The refusal of an unknown id.</summary>
    public static DomainException NotFound(string snapshotId) => new(
        ErrorCode.SnapshotNotFound, $"There is no snapshot {snapshotId}. List snapshots to see those that exist.");

    // To one whom it is shared with, a snapshot shows what it holds, and nothing of what its owner does with it.
    private static List<Snapshot> Complete(CatalogReader reader, IReadOnlyList<Row> rows, Scope? viewer)
    {
        string[] ids = [.. rows.Select(row => row.SnapshotId)];
        var tags = TagTable.Load(reader, ids);
        var shares = reader.Query<ShareRow>(
            "SELECT snapshot_id, count(*) AS share_count, min(created_ms) AS first_ms FROM snapshot_shares " +
            "WHERE snapshot_id IN @ids GROUP BY snapshot_id", new { ids })
            .ToDictionary(row => row.SnapshotId, StringComparer.Ordinal);
        var copies = reader.Query<CopyRow>(
            $"SELECT copy_source_id, region FROM snapshots WHERE {CopyingSql} AND copy_source_id IN @ids " +
            "ORDER BY region", new { ids })
            .ToLookup(row => row.CopySourceId, row => row.Region, StringComparer.Ordinal);
        return [.. rows.Select(row => row.IsIn(viewer)
            ? row.ToSnapshot() with
            {
                Tags = [.. tags[row.SnapshotId]],
                ShareCount = (int)(shares.GetValueOrDefault(row.SnapshotId)?.ShareCount ?? 0),
                ShareStartTime = Timestamps.FromColumn(shares.GetValueOrDefault(row.SnapshotId)?.FirstMs),
                CopyingToRegions = [.. copies[row.SnapshotId].Distinct(StringComparer.Ordinal)],
            }
            : row.ToSnapshot() with
            {
                IsForeign = true, IsLocked = false, GroupId = string.Empty, PolicyId = string.Empty,
            })];
    }

    private sealed class ShareRow
    {
        public string SnapshotId { get; init; } = string.Empty;

        public long ShareCount { get; init; }

        public long FirstMs { get; init; }
    }

    private sealed class CopyRow
    {
        public string CopySourceId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;
    }

    private sealed class Row
    {
        public string SnapshotId { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public string DiskId { get; init; } = string.Empty;

        public long LayerId { get; init; }

        public long SizeGib { get; init; }

        public string DiskUsage { get; init; } = string.Empty;

        public string State { get; init; } = string.Empty;

        public long Percent { get; init; }

        public string Zone { get; init; } = string.Empty;

        public long ProjectId { get; init; }

        public long CreatedMs { get; init; }

        public long ModifiedMs { get; init; }

        public long? DeadlineMs { get; init; }

        public string AccountId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;

        public string Origin { get; init; } = string.Empty;

        public string GroupId { get; init; } = string.Empty;

        public string PolicyId { get; init; } = string.Empty;

        public string CopySourceId { get; init; } = string.Empty;

        public bool IsLocked { get; init; }

        public string Consistency { get; init; } = string.Empty;

        public long? DeletedMs { get; init; }

        public bool IsIn(Scope? scope) => scope is null || (scope.AccountId == AccountId && scope.Region == Region);

        public Snapshot ToSnapshot() => new()
        {
            SnapshotId = SnapshotId,
            SnapshotName = Name,
            DiskId = DiskId,
            LayerId = LayerId,
            DiskSizeGiB = SizeGib,
            DiskUsage = DiskUsage,
            SnapshotState = State,
            Percent = (int)Percent,
            Zone = Zone,
            ProjectId = ProjectId,
            CreateTime = Timestamps.FromColumn(CreatedMs),
            ModifyTime = Timestamps.FromColumn(ModifiedMs),
            DeadlineTime = Timestamps.FromColumn(DeadlineMs),
            AccountId = AccountId,
            Region = Region,
            Origin = Origin,
            GroupId = GroupId,
            PolicyId = PolicyId,
            CopySourceId = CopySourceId,
            IsLocked = IsLocked,
            Consistency = Consistency,
            DeletedTime = Timestamps.FromColumn(DeletedMs),
        };
    }
}
