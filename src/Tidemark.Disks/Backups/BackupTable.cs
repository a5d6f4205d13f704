using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Backups;

/// <summary>Backup points in the catalog.</summary>
internal static class BackupTable
{
    // Those of a disk that is kept for being brought back are kept with it, and not shown.
    private const string HasDisk =
        "EXISTS (SELECT 1 FROM disks WHERE disks.disk_id = disk_backups.disk_id AND disks.deleted_ms IS NULL)";

    private static readonly ListKind Kind = new("backup_id", Identifiers.BackupPrefix, "DiskBackupIds");

    private static readonly FilterRules Filters = new(
        "backup_id",
        new Dictionary<string, string>
        {
            ["disk-backup-id"] = "backup_id",
            ["disk-id"] = "disk_id",
            ["disk-usage"] = "disk_usage",
        },
        new Dictionary<string, string>(),
        new Dictionary<string, string?>());

    /// <summary>Writes a backup point's row.</summary>
    public static void Put(SqlTransaction transaction, DiskBackup backup) => transaction.Put(
        CatalogTables.DiskBackups,
        backup.BackupId, backup.AccountId, backup.Region, backup.BackupName, backup.DiskId, backup.LayerId,
        backup.DiskSizeGiB, backup.DiskUsage, backup.BackupState, backup.Percent,
        Timestamps.ToColumn(backup.CreateTime));

    /// <summary>Removes a backup point's row and its labels.</summary>
    public static void Delete(SqlTransaction transaction, string backupId)
    {
        transaction.Delete(CatalogTables.DiskBackups, backupId);
        TagTable.Delete(transaction, backupId);
    }

    /// <summary>One backup point, or null; with a scope, only when it is of that scope.</summary>
    public static DiskBackup? Find(CatalogReader reader, string backupId, Scope? scope = null)
    {
        var row = reader.First<Row>(
            $"SELECT * FROM disk_backups WHERE backup_id = @backupId AND {HasDisk}", new { backupId });
        return row is null || !row.IsIn(scope) ? null : row.ToBackup();
    }

    /// <summary>One backup point that must be there.</summary>
    public static DiskBackup Get(CatalogReader reader, string backupId, Scope? scope = null) =>
        Find(reader, backupId, scope) ?? throw new DomainException(
            ErrorCode.ResourceNotFound,
            $"There is no backup point {backupId}. List backup points to see those that exist.");

    /// <summary>Whether an id was given to a backup point.</summary>
    public static bool IsTaken(CatalogReader reader, string backupId) => reader.Number(
        "SELECT count(*) FROM disk_backups WHERE backup_id = @backupId", new { backupId }) > 0;

    /// <summary>All backup points of a disk, oldest first; its quota bounds them.</summary>
    public static IReadOnlyList<DiskBackup> OfDisk(CatalogReader reader, string diskId)
    {
        var rows = reader.Query<Row>(
            "SELECT * FROM disk_backups WHERE disk_id = @diskId ORDER BY created_ms, backup_id", new { diskId });
        return [.. rows.Select(row => row.ToBackup())];
    }

    /// <summary>A page of backup points, oldest first unless the query says otherwise.</summary>
    public static Page<DiskBackup> List(CatalogReader reader, ListQuery query, Scope? scope = null)
    {
        var order = string.IsNullOrEmpty(query.Order) ? "ASC" : query.Order;
        var plan = new ListPlan(
            query with { Order = order }, "disk_backups", Kind, Filters, hasDeadlineOrder: false);
        plan.Require(HasDisk);
        plan.RequireScope(scope);
        return new Page<DiskBackup>(
            plan.Count(reader), [.. plan.Rows<Row>(reader).Select(row => row.ToBackup())]);
    }

    private sealed class Row
    {
        public string BackupId { get; init; } = string.Empty;

        public string AccountId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public string DiskId { get; init; } = string.Empty;

        public long LayerId { get; init; }

        public long SizeGib { get; init; }

        public string DiskUsage { get; init; } = string.Empty;

        public string State { get; init; } = string.Empty;

        public long Percent { get; init; }

        public long CreatedMs { get; init; }

        public bool IsIn(Scope? scope) => scope is null || (scope.AccountId == AccountId && scope.Region == Region);

        public DiskBackup ToBackup() => new()
        {
            BackupId = BackupId,
            AccountId = AccountId,
            Region = Region,
            BackupName = Name,
            DiskId = DiskId,
            LayerId = LayerId,
            DiskSizeGiB = SizeGib,
            DiskUsage = DiskUsage,
            BackupState = State,
            Percent = (int)Percent,
            CreateTime = Timestamps.FromColumn(CreatedMs),
        };
    }
}
