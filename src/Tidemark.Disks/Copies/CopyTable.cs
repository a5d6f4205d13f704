using Tidemark.Catalog;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Copies;

/// <summary>Copies between regions that are under way: they are snapshots in a state of copying.</summary>
internal static class CopyTable
{
    private static readonly string[] States = [SnapshotState.CopyingFromRemote, SnapshotState.CheckingCopied];

    /// <summary>The regions that snapshots are being copied to now, by the source's id.</summary>
    public static ILookup<string, string> RegionsOf(CatalogReader reader, IReadOnlyList<string> sourceIds) =>
        reader.Query<Row>(
            "SELECT copy_source_id, region FROM snapshots WHERE copy_source_id IN @sourceIds " +
            "AND copy_source_id <> '' AND state IN @States AND deleted_ms IS NULL ORDER BY region",
            new { sourceIds, States }).ToLookup(row => row.CopySourceId, row => row.Region, StringComparer.Ordinal);

    /// <summary>Copies that are not complete, at most <paramref name="countMax"/>.</summary>
    public static IReadOnlyList<string> Pending(CatalogReader reader, int countMax) => reader.Query<string>(
        "SELECT snapshot_id FROM snapshots WHERE copy_source_id <> '' AND state IN @States AND deleted_ms IS NULL " +
        "ORDER BY snapshot_id LIMIT @countMax", new { States, countMax });

    private sealed class Row
    {
        public string CopySourceId { get; init; } = string.Empty;

        public string Region { get; init; } = string.Empty;
    }
}
