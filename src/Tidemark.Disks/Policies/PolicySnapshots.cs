using Tidemark.Catalog;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Policies;

/// <summary>The snapshots that a policy made of a disk, in the catalog.</summary>
internal static class PolicySnapshots
{
    private const int CountMax = 100_000;

    private const string SelectSql =
        "SELECT snapshot_id, created_ms, deadline_ms, (is_locked = 1 OR EXISTS (SELECT 1 FROM snapshot_shares " +
        "WHERE snapshot_shares.snapshot_id = snapshots.snapshot_id)) AS is_held FROM snapshots " +
        "WHERE disk_id = @diskId AND policy_id = @policyId AND origin = @origin AND deleted_ms IS NULL ";

    /// <summary>Those that are there, oldest first.</summary>
    public static IReadOnlyList<ForecastSnapshot> Of(CatalogReader reader, string policyId, string diskId) =>
    [
        .. reader.Query<Row>(
            SelectSql + "ORDER BY created_ms, snapshot_id LIMIT @CountMax",
            new { diskId, policyId, origin = SnapshotOrigin.Policy, CountMax }).Select(row => row.ToSnapshot()),
    ];

    /// <summary>The newest of those that are there, at most <paramref name="countMax"/>, newest first.</summary>
    public static IReadOnlyList<ForecastSnapshot> Newest(
        CatalogReader reader, string policyId, string diskId, int countMax) =>
    [
        .. reader.Query<Row>(
            SelectSql + "ORDER BY created_ms DESC, snapshot_id DESC LIMIT @countMax",
            new { diskId, policyId, origin = SnapshotOrigin.Policy, countMax }).Select(row => row.ToSnapshot()),
    ];

    /// <summary>Whether the run of an hour has made its snapshot of the disk.</summary>
    public static bool HasRun(CatalogReader reader, string policyId, string diskId, DateTimeOffset run) =>
        reader.Number(
            "SELECT count(*) FROM snapshots WHERE disk_id = @diskId AND created_ms >= @runMs " +
            "AND policy_id = @policyId AND origin = @origin",
            new { diskId, policyId, origin = SnapshotOrigin.Policy, runMs = run.ToUnixTimeMilliseconds() }) > 0;

    private sealed class Row
    {
        public string SnapshotId { get; init; } = string.Empty;

        public long CreatedMs { get; init; }

        public long? DeadlineMs { get; init; }

        public long IsHeld { get; init; }

        public ForecastSnapshot ToSnapshot() => new(
            SnapshotId, Timestamps.FromColumn(CreatedMs), Timestamps.FromColumn(DeadlineMs), IsHeld != 0);
    }
}
