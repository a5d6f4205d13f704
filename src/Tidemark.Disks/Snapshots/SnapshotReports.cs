#pragma warning disable CA1822
using Tidemark.Engine;

namespace Tidemark.Disks.Snapshots;

/// <summary>Questions about what snapshots hold; the extension actions answer with these.</summary>
public sealed class SnapshotReports
{
    /// <summary>Sizes of snapshots, 1 to 100, in the order asked; unknown ids are refused.</summary>
    public IReadOnlyList<SnapshotSizes> Sizes(IReadOnlyList<string> snapshotIds) =>
        throw new InvalidOperationException();

    /// <summary>Bytes that would come back if these snapshots (at most 1,000) were deleted together.</summary>
    public long FreedIfDeleted(IReadOnlyList<string> snapshotIds) => throw new InvalidOperationException();

    /// <summary>
    /// Extents written or trimmed between two snapshots of one family, whichever is older, a page at a time. When
    /// <paramref name="fromSnapshotId"/> is null: everything that <paramref name="toSnapshotId"/> holds data for.
    /// </summary>
    /// <param name="fromSnapshotId">The snapshot to compare with, or null.</param>
    /// <param name="toSnapshotId">The snapshot described.</param>
    /// <param name="extentsMax">1 to 10,000.</param>
    /// <param name="token">Null for the first page, then <see cref="ChangedPage.NextToken"/>.</param>
    public ChangedPage Changed(string? fromSnapshotId, string toSnapshotId, int extentsMax, string? token) =>
        throw new InvalidOperationException();

    /// <summary>Verifies everything reachable on the live store. Takes as long as reading it does.</summary>
    public CheckReport Check(IProgress<long>? progress, CancellationToken cancellation) =>
        throw new InvalidOperationException();

    /// <summary>Figures for a status page.</summary>
    public EngineStatistics Statistics => throw new InvalidOperationException();
}
