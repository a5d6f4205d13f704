using System.Globalization;
using Tidemark.Catalog;

namespace Tidemark.Disks.Quotas;

/// <summary>How many snapshots the region may hold: a base, and more for each disk.</summary>
public sealed class SnapshotQuota
{
    private readonly SqlCatalog _catalog;
    private readonly DomainOptions _options;

    internal SnapshotQuota(SqlCatalog catalog, DomainOptions options)
    {
        _catalog = catalog;
        _options = options;
    }

    /// <summary>Snapshots that exist now.</summary>
    public int Used => (int)_catalog.Read(CountUsed);

    /// <summary>Snapshots that may exist with the disks of now.</summary>
    public int Limit => (int)_catalog.Read(CountLimit);

    /// <summary>
    /// Refuses when <paramref name="addedCount"/> more snapshots are too many. Exact inside the transaction that adds
    /// them.
    /// </summary>
    internal void Check(CatalogReader reader, int addedCount)
    {
        var used = CountUsed(reader);
        var limit = CountLimit(reader);
        if (used + addedCount > limit)
        {
            throw new DomainException(ErrorCode.SnapshotQuota, string.Create(CultureInfo.InvariantCulture,
                $"The region holds {used} of {limit} snapshots; {addedCount} more do not fit. ") +
                "Delete snapshots that are no longer needed.");
        }
    }

    /// <summary>Refuses when snapshots already keep too much.</summary>
    internal void CheckBytes(long usedBytes)
    {
        if (usedBytes >= _options.SnapshotBytesMax)
        {
            throw new DomainException(ErrorCode.SnapshotQuota, string.Create(CultureInfo.InvariantCulture,
                $"Snapshots hold {usedBytes} of {_options.SnapshotBytesMax} bytes. ") +
                "Delete snapshots that are no longer needed.");
        }
    }

    private static long CountUsed(CatalogReader reader) => reader.Number(
        "SELECT count(*) FROM snapshots WHERE deleted_ms IS NULL");

    private long CountLimit(CatalogReader reader) =>
        _options.SnapshotQuotaBase
        + (_options.SnapshotQuotaPerDisk * reader.Number("SELECT count(*) FROM disks"));
}
