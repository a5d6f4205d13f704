using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Policies;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks;

/// <summary>Disks in the catalog.</summary>
internal static class DiskTable
{
    private static readonly ListKind Kind = new("disk_id", Identifiers.DiskPrefix, "DiskIds");

    private static readonly FilterRules Filters = new(
        "disk_id",
        new Dictionary<string, string>
        {
            ["disk-id"] = "disk_id",
            ["disk-name"] = "name",
            ["disk-type"] = "disk_type",
            ["disk-state"] = "state",
            ["disk-usage"] = "disk_usage",
            ["disk-charge-type"] = "charge_type",
            ["zone"] = "zone",
            ["instance-id"] = "instance_id",
            ["instance-name"] =
                "(SELECT i.name FROM instances i WHERE i.instance_id = disks.instance_id)",
            ["instance-ip-address"] =
                "(SELECT i.address FROM instances i WHERE i.instance_id = disks.instance_id)",
            ["portable"] = "CASE is_portable WHEN 1 THEN 'TRUE' ELSE 'FALSE' END COLLATE NOCASE",
        },
        new Dictionary<string, string> { ["project-id"] = "project_id" },
        new Dictionary<string, string?>
        {
            ["dedicated-cluster-id"] = null,
            ["cluster-group-id"] = null,
        });

    /// <summary>Writes a disk's row. Labels are written apart.</summary>
    public static void Put(SqlTransaction transaction, Disk disk) => transaction.Put(
        CatalogTables.Disks,
        disk.DiskId, disk.DiskName, disk.DiskType, disk.DiskSizeGiB, disk.DiskUsage, disk.DiskState,
        disk.DiskChargeType, disk.Zone, disk.ProjectId, disk.InstanceId, disk.DeleteSnapshot,
        disk.ThroughputPerformance, disk.BurstPerformance, disk.RenewFlag, disk.ErrorPrompt, disk.SourceSnapshotId,
        Timestamps.ToColumn(disk.CreateTime), Timestamps.ToColumn(disk.DeadlineTime), disk.AccountId, disk.Region,
        disk.LastInstanceId, disk.DeleteWithInstance, disk.AttachMode, disk.IsPortable, disk.BackupQuota,
        disk.AutoRenewPeriod, Timestamps.ToColumn(disk.DeletedTime));

    /// <summary>Removes a disk's row, labels and bindings to policies.</summary>
    public static void Delete(SqlTransaction transaction, string diskId)
    {
        transaction.Delete(CatalogTables.Disks, diskId);
        TagTable.Delete(transaction, diskId);
        PolicyBindings.DeleteOfDisk(transaction, diskId);
    }

    /// <summary>One disk that is there, or null; with a scope, only when it is of that scope.</summary>
    public static Disk? Find(CatalogReader reader, string diskId, Scope? scope = null)
    {
        var row = reader.First<Row>(
            "SELECT * FROM disks WHERE disk_id = @diskId AND deleted_ms IS NULL", new { diskId });
        return row is null || !row.IsIn(scope) ? null : Complete(reader, [row])[0];
    }

    /// <summary>One disk that must be there.</summary>
    public static Disk Get(CatalogReader reader, string diskId, Scope? scope = null) =>
        Find(reader, diskId, scope) ?? throw NotFound(diskId);

    /// <summary>Whether an id was given to a disk that the catalog, or the engine, still knows.</summary>
    public static bool IsTaken(CatalogReader reader, string diskId) => reader.Number(
        "SELECT (SELECT count(*) FROM disks WHERE disk_id = @diskId) + " +
        "(SELECT count(*) FROM engine_disks WHERE disk_id = @diskId) + " +
        "(SELECT count(*) FROM layers WHERE disk_id = @diskId)", new { diskId }) > 0;

    /// <summary>A page of disks.</summary>
    public static Page<Disk> List(CatalogReader reader, ListQuery query, Scope? scope = null)
    {
        var plan = new ListPlan(query, "disks", Kind, Filters, hasDeadlineOrder: true);
        plan.Require("deleted_ms IS NULL");
        plan.RequireScope(scope);
        return new Page<Disk>(plan.Count(reader), Complete(reader, plan.Rows<Row>(reader)));
    }

    /// <summary>All disks attached to some instances, by id.</summary>
    public static IReadOnlyList<Disk> AttachedTo(CatalogReader reader, params string[] instanceIds) => Complete(
        reader,
        reader.Query<Row>(
            "SELECT * FROM disks WHERE instance_id IN @instanceIds AND deleted_ms IS NULL ORDER BY disk_id",
            new { instanceIds }));

    /// <summary>How many disks are attached to an instance.</summary>
    public static int AttachedCount(CatalogReader reader, string instanceId) => (int)reader.Number(
        "SELECT count(*) FROM disks WHERE instance_id = @instanceId AND deleted_ms IS NULL", new { instanceId });

    /// <summary>One terminated disk that is still kept, or null.</summary>
    public static Disk? FindDeleted(CatalogReader reader, string diskId, Scope? scope)
    {
        var row = reader.First<Row>(
            "SELECT * FROM disks WHERE disk_id = @diskId AND deleted_ms IS NOT NULL", new { diskId });
        return row is null || !row.IsIn(scope) ? null : Complete(reader, [row])[0];
    }

    /// <summary>A page of terminated disks that are still kept.</summary>
    public static Page<Disk> ListDeleted(CatalogReader reader, ListQuery query, Scope? scope)
    {
        var plan = new ListPlan(query, "disks", Kind, Filters, hasDeadlineOrder: false);
        plan.Require("deleted_ms IS NOT NULL");
        plan.RequireScope(scope);
        return new Page<Disk>(plan.Count(reader), Complete(reader, plan.Rows<Row>(reader)));
    }

    /// <summary>Ids of disks terminated at a time or before, longest ago first.</summary>
    public static IReadOnlyList<string> DeletedUntil(CatalogReader reader, DateTimeOffset time, int countMax) =>
        reader.Query<string>(
            "SELECT disk_id FROM disks WHERE deleted_ms <= @time ORDER BY deleted_ms LIMIT @countMax",
            new { time = Timestamps.ToColumn(time), countMax });

    /// <summary>Ids of disks with a name, at most <paramref name="countMax"/>.</summary>
    public static IReadOnlyList<string> FindByName(CatalogReader reader, string name, int countMax) =>
        reader.Query<string>(
            "SELECT disk_id FROM disks WHERE name = @name AND deleted_ms IS NULL ORDER BY disk_id LIMIT @countMax",
            new { name, countMax });

    /// <summary>The refusal of an unknown id.</summary>
    public static DomainException NotFound(string diskId) => new(
        ErrorCode.DiskNotFound, $"There is no disk {diskId}. List disks to see those that exist.");

    private static List<Disk> Complete(CatalogReader reader, IReadOnlyList<Row> rows)
    {
        string[] ids = [.. rows.Select(row => row.DiskId)];
        var tags = TagTable.Load(reader, ids);
        var counts = reader.Query<CountRow>(
            "SELECT disk_id, count(*) AS snapshot_count FROM snapshots WHERE disk_id IN @ids AND deleted_ms IS NULL " +
            "GROUP BY disk_id",
            new { ids }).ToDictionary(row => row.DiskId, row => row.SnapshotCount, StringComparer.Ordinal);
        var backups = reader.Query<CountRow>(
            "SELECT disk_id, count(*) AS snapshot_count FROM disk_backups WHERE disk_id IN @ids GROUP BY disk_id",
            new { ids }).ToDictionary(row => row.DiskId, row => row.SnapshotCount, StringComparer.Ordinal);
        var policies = reader.Query<PolicyRow>(
            "SELECT disk_id, policy_id FROM policy_bindings WHERE disk_id IN @ids ORDER BY policy_id", new { ids })
            .ToLookup(row => row.DiskId, row => row.PolicyId, StringComparer.Ordinal);
        return [.. rows.Select(row => row.ToDisk() with
        {
            Tags = [.. tags[row.DiskId]],
            SnapshotCount = (int)counts.GetValueOrDefault(row.DiskId),
            BackupCount = (int)backups.GetValueOrDefault(row.DiskId),
            PolicyIds = [.. policies[row.DiskId]],
        })];
    }

    private sealed class CountRow
    {
        public string DiskId { get; init; } = string.Empty;

        public long SnapshotCount { get; init; }
    }

    private sealed class PolicyRow
    {
        public string DiskId { get; init; } = string.Empty;

        public string PolicyId { get; init; } = string.Empty;
    }

    private sealed class Row
    {
        public string DiskId { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public string DiskType { get; init; } = string.Empty;

        public long SizeGib { get; init; }

        public string DiskUsage { get; init; } = string.Empty;

        public string State { get; init; } = string.Empty;

        public string ChargeType { get; init; } = string.Empty;

        public string Zone { get; init; } = string.Empty;

        public long ProjectId { get; init; }

        public string InstanceId { get; init; } = string.Empty;

        public bool DeleteSnapshot { get; init; }

        public long ThroughputPerformance { get; init; }

        public bool BurstPerformance { get; init; }

        public string RenewFlag { get; init; } = string.Empty;

        public string ErrorPrompt { get; init; } = string.Empty;

        public string? SourceSnapshotId { get; init; }

        public long CreatedMs { get; init; }

        public long? DeadlineMs { get; init; }

        public string AccountId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;

        public string LastInstanceId { get; init; } = string.Empty;

        public bool DeleteWithInstance { get; init; }

        public string AttachMode { get; init; } = string.Empty;

        public bool IsPortable { get; init; }

        public long BackupQuota { get; init; }

        public long AutoRenewPeriod { get; init; }

        public long? DeletedMs { get; init; }

        public bool IsIn(Scope? scope) => scope is null || (scope.AccountId == AccountId && scope.Region == Region);

        public Disk ToDisk() => new()
        {
            DiskId = DiskId,
            DiskName = Name,
            DiskType = DiskType,
            DiskSizeGiB = SizeGib,
            DiskUsage = DiskUsage,
            DiskState = State,
            DiskChargeType = ChargeType,
            Zone = Zone,
            ProjectId = ProjectId,
            InstanceId = InstanceId,
            DeleteSnapshot = DeleteSnapshot,
            ThroughputPerformance = ThroughputPerformance,
            BurstPerformance = BurstPerformance,
            RenewFlag = RenewFlag,
            ErrorPrompt = ErrorPrompt,
            SourceSnapshotId = SourceSnapshotId,
            CreateTime = Timestamps.FromColumn(CreatedMs),
            DeadlineTime = Timestamps.FromColumn(DeadlineMs),
            AccountId = AccountId,
            Region = Region,
            LastInstanceId = LastInstanceId,
            DeleteWithInstance = DeleteWithInstance,
            AttachMode = AttachMode,
            IsPortable = IsPortable,
            BackupQuota = (int)BackupQuota,
            AutoRenewPeriod = (int)AutoRenewPeriod,
            DeletedTime = Timestamps.FromColumn(DeletedMs),
        };
    }
}
