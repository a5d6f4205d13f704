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
        },
        new Dictionary<string, string> { ["project-id"] = "project_id" },
        new Dictionary<string, string?> { ["encrypt"] = "FALSE", ["snapshot-type"] = "PRIVATE_SNAPSHOT" });

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
        return row is null || !row.IsIn(scope) ? null : Complete(reader, [row])[0];
    }

    /// <summary>One snapshot that must be there.</summary>
    public static Snapshot Get(CatalogReader reader, string snapshotId, Scope? scope = null) =>
        Find(reader, snapshotId, scope) ?? throw NotFound(snapshotId);

    /// <summary>Whether an id was given to a snapshot.</summary>
    public static bool IsTaken(CatalogReader reader, string snapshotId) => reader.Number(
        "SELECT count(*) FROM snapshots WHERE snapshot_id = @snapshotId", new { snapshotId }) > 0;

    /// <summary>A page of snapshots.</summary>
    public static Page<Snapshot> List(CatalogReader reader, ListQuery query, Scope? scope = null)
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
        plan.Require("deleted_ms IS NULL");
        plan.RequireScope(scope);
        return new Page<Snapshot>(plan.Count(reader), Complete(reader, plan.Rows<Row>(reader)));
    }

    /// <summary>All snapshots of a disk, oldest first, at most <paramref name="countMax"/>.</summary>
    public static IReadOnlyList<Snapshot> OfDisk(CatalogReader reader, string diskId, int countMax) => Complete(
        reader,
        reader.Query<Row>(
            "SELECT * FROM snapshots WHERE disk_id = @diskId AND deleted_ms IS NULL ORDER BY created_ms, snapshot_id LIMIT @countMax",
            new { diskId, countMax }));

    /// <summary>The layers that a disk's snapshots name, in order.</summary>
    public static IReadOnlyList<long> LayersOfDisk(CatalogReader reader, string diskId) => reader.Query<long>(
        "SELECT layer_id FROM snapshots WHERE disk_id = @diskId AND deleted_ms IS NULL ORDER BY layer_id", new { diskId });

    /// <summary>Ids of snapshots whose deadline has passed, the longest passed first.</summary>
    public static IReadOnlyList<string> Expired(CatalogReader reader, DateTimeOffset now, int countMax) =>
        reader.Query<string>(
            "SELECT snapshot_id FROM snapshots WHERE deadline_ms IS NOT NULL AND deadline_ms <= @now " +
            "AND is_locked = 0 AND deleted_ms IS NULL " +
            "ORDER BY deadline_ms LIMIT @countMax",
            new { now = now.ToUnixTimeMilliseconds(), countMax });

    /// <summary>The refusal of an unknown id.</summary>
    public static DomainException NotFound(string snapshotId) => new(
        ErrorCode.SnapshotNotFound, $"There is no snapshot {snapshotId}. List snapshots to see those that exist.");

    private static List<Snapshot> Complete(CatalogReader reader, IReadOnlyList<Row> rows)
    {
        var tags = TagTable.Load(reader, [.. rows.Select(row => row.SnapshotId)]);
        return [.. rows.Select(row => row.ToSnapshot([.. tags[row.SnapshotId]]))];
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

        public Snapshot ToSnapshot(IReadOnlyList<Tag> tags) => new()
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
            Tags = tags,
        };
    }
}
